CREATE TABLE "platform_model_fallbacks" (
	"organization_id" uuid NOT NULL,
	"model_slug" text NOT NULL,
	"position" integer NOT NULL,
	"slug" text NOT NULL,
	CONSTRAINT "platform_model_fallbacks_organization_id_model_slug_position_pk" PRIMARY KEY("organization_id","model_slug","position")
);
--> statement-breakpoint
CREATE TABLE "platform_model_routings" (
	"organization_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"max_retries" integer,
	"first_byte_timeout_ms" integer,
	"idle_timeout_ms" integer,
	"total_timeout_ms" integer,
	"cache_seconds" integer,
	"cache_epoch" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "platform_model_routings_organization_id_slug_pk" PRIMARY KEY("organization_id","slug")
);
--> statement-breakpoint
ALTER TABLE "platform_model_fallbacks" ADD CONSTRAINT "platform_model_fallbacks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_model_fallbacks" ADD CONSTRAINT "platform_model_fallbacks_routing_fk" FOREIGN KEY ("organization_id","model_slug") REFERENCES "public"."platform_model_routings"("organization_id","slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_model_routings" ADD CONSTRAINT "platform_model_routings_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "platform_model_routings" ADD CONSTRAINT "platform_model_routings_slug_platform_models_slug_fk" FOREIGN KEY ("slug") REFERENCES "public"."platform_models"("slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "platform_model_fallbacks_slug_key" ON "platform_model_fallbacks" USING btree ("organization_id","model_slug","slug");--> statement-breakpoint
CREATE INDEX "platform_model_fallbacks_slug_idx" ON "platform_model_fallbacks" USING btree ("organization_id","slug");--> statement-breakpoint
CREATE INDEX "platform_model_routings_slug_idx" ON "platform_model_routings" USING btree ("slug");