CREATE TABLE "repoint_changes" (
	"organization_id" uuid NOT NULL,
	"repoint_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"workflow_id" uuid,
	"version_before" integer,
	"version_after" integer,
	"draft_places" jsonb,
	"api_key_id" uuid,
	"allowed_before" text[],
	CONSTRAINT "repoint_changes_organization_id_repoint_id_position_pk" PRIMARY KEY("organization_id","repoint_id","position"),
	CONSTRAINT "repoint_changes_object_check" CHECK (num_nonnulls("repoint_changes"."workflow_id", "repoint_changes"."api_key_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "repoints" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_slug" text NOT NULL,
	"to_slug" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "repoints_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "repoint_changes" ADD CONSTRAINT "repoint_changes_organization_id_repoint_id_repoints_organization_id_id_fk" FOREIGN KEY ("organization_id","repoint_id") REFERENCES "public"."repoints"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repoint_changes" ADD CONSTRAINT "repoint_changes_organization_id_workflow_id_workflows_organization_id_id_fk" FOREIGN KEY ("organization_id","workflow_id") REFERENCES "public"."workflows"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repoint_changes" ADD CONSTRAINT "repoint_changes_organization_id_api_key_id_api_keys_organization_id_id_fk" FOREIGN KEY ("organization_id","api_key_id") REFERENCES "public"."api_keys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repoints" ADD CONSTRAINT "repoints_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repoints_from_idx" ON "repoints" USING btree ("organization_id","from_slug","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "repoints_to_idx" ON "repoints" USING btree ("organization_id","to_slug","created_at" DESC NULLS LAST);