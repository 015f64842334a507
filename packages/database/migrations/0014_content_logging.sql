CREATE TABLE "attempt_contents" (
	"organization_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"data_key_version" integer NOT NULL,
	"kept_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attempt_contents_organization_id_attempt_id_pk" PRIMARY KEY("organization_id","attempt_id")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "content_retention_days" integer;--> statement-breakpoint
ALTER TABLE "attempt_contents" ADD CONSTRAINT "attempt_contents_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt_contents" ADD CONSTRAINT "attempt_contents_data_key_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempt_contents_kept_idx" ON "attempt_contents" USING btree ("organization_id","kept_at");--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_content_retention_check" CHECK ("organizations"."content_retention_days" between 1 and 90);