CREATE TABLE "capability_probes" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"connection_digest" "bytea" NOT NULL,
	"slug" text,
	"checks" jsonb NOT NULL,
	"reasoning_parameter" text,
	"quirks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"calls" integer NOT NULL,
	"cost" numeric,
	"created_by" uuid,
	CONSTRAINT "capability_probes_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "capability_probes" ADD CONSTRAINT "capability_probes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "capability_probes_digest_idx" ON "capability_probes" USING btree ("organization_id","connection_digest","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "capability_probes_slug_idx" ON "capability_probes" USING btree ("organization_id","slug","id" DESC NULLS LAST);