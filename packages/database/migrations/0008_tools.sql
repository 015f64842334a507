CREATE TABLE "tool_calls" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"step_run_id" uuid NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"round" integer NOT NULL,
	"tries" integer DEFAULT 1 NOT NULL,
	"endpoint_id" uuid,
	"endpoint_name" text,
	"tool" text NOT NULL,
	"arguments" jsonb,
	"status" text NOT NULL,
	"result" text,
	"error" text,
	"latency_ms" integer,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tool_calls_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "tool_calls_status_check" CHECK ("tool_calls"."status" in ('running', 'succeeded', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "tool_endpoints" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"url" text NOT NULL,
	"document_url" text,
	"document" text,
	"auth_kind" text NOT NULL,
	"sealed" "bytea",
	"data_key_version" integer,
	"credential_version" integer DEFAULT 0 NOT NULL,
	"preview" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"last_refresh_at" timestamp with time zone,
	"last_refresh_cause" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "tool_endpoints_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "tool_endpoints_kind_check" CHECK ("tool_endpoints"."kind" in ('mcp', 'http')),
	CONSTRAINT "tool_endpoints_auth_kind_check" CHECK ("tool_endpoints"."auth_kind" in ('none', 'bearer', 'headers'))
);
--> statement-breakpoint
CREATE TABLE "tools" (
	"organization_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"description" text NOT NULL,
	"input_schema" json NOT NULL,
	"operation" jsonb,
	"enabled" boolean DEFAULT true NOT NULL,
	CONSTRAINT "tools_organization_id_endpoint_id_name_pk" PRIMARY KEY("organization_id","endpoint_id","name")
);
--> statement-breakpoint
CREATE TABLE "workflow_tool_references" (
	"organization_id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"workflow_name" text NOT NULL,
	"version" integer NOT NULL,
	"step" text NOT NULL,
	"endpoint_id" text NOT NULL,
	"active" boolean NOT NULL,
	CONSTRAINT "workflow_tool_references_organization_id_workflow_id_version_step_endpoint_id_pk" PRIMARY KEY("organization_id","workflow_id","version","step","endpoint_id")
);
--> statement-breakpoint
ALTER TABLE "tool_calls" ADD CONSTRAINT "tool_calls_organization_id_step_run_id_step_runs_organization_id_id_fk" FOREIGN KEY ("organization_id","step_run_id") REFERENCES "public"."step_runs"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_calls" ADD CONSTRAINT "tool_calls_organization_id_endpoint_id_tool_endpoints_organization_id_id_fk" FOREIGN KEY ("organization_id","endpoint_id") REFERENCES "public"."tool_endpoints"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_endpoints" ADD CONSTRAINT "tool_endpoints_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_endpoints" ADD CONSTRAINT "tool_endpoints_organization_id_data_key_version_data_keys_organization_id_version_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tools" ADD CONSTRAINT "tools_organization_id_endpoint_id_tool_endpoints_organization_id_id_fk" FOREIGN KEY ("organization_id","endpoint_id") REFERENCES "public"."tool_endpoints"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_tool_references" ADD CONSTRAINT "workflow_tool_references_organization_id_workflow_id_version_workflow_versions_organization_id_workflow_id_version_fk" FOREIGN KEY ("organization_id","workflow_id","version") REFERENCES "public"."workflow_versions"("organization_id","workflow_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tool_calls_idempotency_key" ON "tool_calls" USING btree ("organization_id","step_run_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "tool_endpoints_name_key" ON "tool_endpoints" USING btree ("organization_id",lower("name")) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "tool_endpoints_created_idx" ON "tool_endpoints" USING btree ("organization_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "workflow_tool_references_endpoint_idx" ON "workflow_tool_references" USING btree ("organization_id","endpoint_id");