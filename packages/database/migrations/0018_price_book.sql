CREATE TABLE "cost_comparison_days" (
	"day" date PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cost_comparisons" (
	"organization_id" uuid NOT NULL,
	"day" date NOT NULL,
	"slug" text NOT NULL,
	"provider" text NOT NULL,
	"calls" integer NOT NULL,
	"cost" numeric NOT NULL,
	"provider_cost" numeric NOT NULL,
	"differing_calls" integer NOT NULL,
	"unknown_cost_calls" integer NOT NULL,
	"compared_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cost_comparisons_organization_id_day_slug_provider_pk" PRIMARY KEY("organization_id","day","slug","provider")
);
--> statement-breakpoint
CREATE TABLE "model_prices" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"input_cost_per_token" numeric,
	"output_cost_per_token" numeric,
	"cache_read_cost_per_token" numeric,
	"cache_write_cost_per_token" numeric,
	"reasoning_cost_per_token" numeric,
	"cost_per_request" numeric,
	"cost_per_image" numeric,
	"price_tiers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"price_source" text,
	"price_dated" text,
	"price_url" text,
	"actor_type" text,
	"actor_id" uuid,
	CONSTRAINT "model_prices_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "platform_model_prices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "platform_model_prices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"input_cost_per_token" numeric,
	"output_cost_per_token" numeric,
	"cache_read_cost_per_token" numeric,
	"cache_write_cost_per_token" numeric,
	"reasoning_cost_per_token" numeric,
	"cost_per_request" numeric,
	"cost_per_image" numeric,
	"price_tiers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"price_source" text
);
--> statement-breakpoint
CREATE TABLE "price_checks" (
	"organization_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"said" jsonb,
	"source" text,
	"dated" text,
	"url" text,
	CONSTRAINT "price_checks_organization_id_model_id_pk" PRIMARY KEY("organization_id","model_id"),
	CONSTRAINT "price_checks_outcome_check" CHECK ("price_checks"."outcome" in ('same', 'differs', 'dismissed', 'silent'))
);
--> statement-breakpoint
CREATE TABLE "price_proposals" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"said" jsonb NOT NULL,
	"source" text NOT NULL,
	"dated" text,
	"url" text,
	"decided_at" timestamp with time zone,
	"actor_type" text,
	"actor_id" uuid,
	CONSTRAINT "price_proposals_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "price_proposals_state_check" CHECK ("price_proposals"."state" in ('open', 'accepted', 'dismissed', 'overtaken'))
);
--> statement-breakpoint
ALTER TABLE "step_runs" ADD COLUMN "unknown_cost_calls" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cost_comparisons" ADD CONSTRAINT "cost_comparisons_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_organization_id_model_id_models_organization_id_id_fk" FOREIGN KEY ("organization_id","model_id") REFERENCES "public"."models"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_model_prices" ADD CONSTRAINT "platform_model_prices_slug_platform_models_slug_fk" FOREIGN KEY ("slug") REFERENCES "public"."platform_models"("slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_checks" ADD CONSTRAINT "price_checks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_checks" ADD CONSTRAINT "price_checks_organization_id_model_id_models_organization_id_id_fk" FOREIGN KEY ("organization_id","model_id") REFERENCES "public"."models"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_proposals" ADD CONSTRAINT "price_proposals_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_proposals" ADD CONSTRAINT "price_proposals_organization_id_model_id_models_organization_id_id_fk" FOREIGN KEY ("organization_id","model_id") REFERENCES "public"."models"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_prices_model_idx" ON "model_prices" USING btree ("organization_id","model_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "platform_model_prices_slug_idx" ON "platform_model_prices" USING btree ("slug","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "price_proposals_open_key" ON "price_proposals" USING btree ("organization_id","model_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "price_proposals_model_idx" ON "price_proposals" USING btree ("organization_id","model_id","id" DESC NULLS LAST);--> statement-breakpoint
UPDATE "step_runs" SET "unknown_cost_calls" = 1 WHERE NOT "cost_known";--> statement-breakpoint
ALTER TABLE "step_runs" DROP COLUMN "cost_known";--> statement-breakpoint
INSERT INTO "model_prices" ("organization_id", "id", "model_id", "since", "input_cost_per_token", "output_cost_per_token", "cache_read_cost_per_token", "cache_write_cost_per_token", "reasoning_cost_per_token", "cost_per_request", "cost_per_image", "price_tiers", "price_source", "price_dated", "price_url")
SELECT "organization_id", ('00000000-0000-7000-8000-' || substr(md5("id"::text), 1, 12))::uuid, "id", "updated_at", "input_cost_per_token", "output_cost_per_token", "cache_read_cost_per_token", "cache_write_cost_per_token", "reasoning_cost_per_token", "cost_per_request", "cost_per_image", "price_tiers", "price_source", "price_dated", "price_url" FROM "models";
