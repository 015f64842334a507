CREATE TABLE "model_aliases" (
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_aliases_organization_id_name_pk" PRIMARY KEY("organization_id","name"),
	CONSTRAINT "model_aliases_name_check" CHECK ("model_aliases"."name" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("model_aliases"."name") <= 64)
);
--> statement-breakpoint
CREATE TABLE "model_credentials" (
	"organization_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"credential_id" uuid NOT NULL,
	"weight" integer DEFAULT 1 NOT NULL,
	"position" integer NOT NULL,
	"proven_model_id" text NOT NULL,
	"quirks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"proven_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_credentials_organization_id_model_id_credential_id_pk" PRIMARY KEY("organization_id","model_id","credential_id"),
	CONSTRAINT "model_credentials_weight_check" CHECK ("model_credentials"."weight" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "model_fallbacks" (
	"organization_id" uuid NOT NULL,
	"model_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"slug" text NOT NULL,
	CONSTRAINT "model_fallbacks_organization_id_model_id_position_pk" PRIMARY KEY("organization_id","model_id","position")
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "from_cache" boolean;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "saved_cost" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "credential_weight" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "max_retries" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "first_byte_timeout_ms" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "idle_timeout_ms" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "total_timeout_ms" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cache_seconds" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cache_epoch" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "model_aliases" ADD CONSTRAINT "model_aliases_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_credentials" ADD CONSTRAINT "model_credentials_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_credentials" ADD CONSTRAINT "model_credentials_model_fk" FOREIGN KEY ("organization_id","model_id") REFERENCES "public"."models"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_credentials" ADD CONSTRAINT "model_credentials_credential_fk" FOREIGN KEY ("organization_id","credential_id") REFERENCES "public"."credentials"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_fallbacks" ADD CONSTRAINT "model_fallbacks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_fallbacks" ADD CONSTRAINT "model_fallbacks_model_fk" FOREIGN KEY ("organization_id","model_id") REFERENCES "public"."models"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_aliases_slug_idx" ON "model_aliases" USING btree ("organization_id","slug");--> statement-breakpoint
CREATE INDEX "model_credentials_credential_idx" ON "model_credentials" USING btree ("organization_id","credential_id");--> statement-breakpoint
CREATE UNIQUE INDEX "model_fallbacks_slug_key" ON "model_fallbacks" USING btree ("organization_id","model_id","slug");--> statement-breakpoint
CREATE INDEX "model_fallbacks_slug_idx" ON "model_fallbacks" USING btree ("organization_id","slug");--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_credential_weight_check" CHECK ("models"."credential_weight" between 0 and 100);