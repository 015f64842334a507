ALTER TABLE "credentials" ADD COLUMN "expiry_typed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_version" integer;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_data_key_version" integer;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_preview" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_fingerprint" "bytea";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "previous_expiry_typed" boolean;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "replaced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "refused_preview" text;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_previous_data_key_fk" FOREIGN KEY ("organization_id","previous_data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_credential_idx" ON "attempts" USING btree ("organization_id","credential_id","started_at" DESC NULLS LAST) WHERE credential_id is not null;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_previous_check" CHECK (num_nulls("credentials"."previous_sealed", "credentials"."previous_version", "credentials"."previous_data_key_version", "credentials"."previous_preview", "credentials"."previous_fingerprint", "credentials"."previous_expiry_typed") in (0, 6));