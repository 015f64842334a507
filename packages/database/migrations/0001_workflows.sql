CREATE TABLE "batches" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"total" integer NOT NULL,
	"idempotency_key" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "batches_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "step_runs" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"step" text NOT NULL,
	"kind" text NOT NULL,
	"generation" integer NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 1 NOT NULL,
	"trigger" text DEFAULT 'auto' NOT NULL,
	"state" text NOT NULL,
	"input" jsonb,
	"output" jsonb,
	"port" text,
	"error" jsonb,
	"thinking" text,
	"idempotency_key" uuid NOT NULL,
	"cost" numeric DEFAULT '0' NOT NULL,
	"cost_known" boolean DEFAULT true NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "step_runs_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "step_runs_state_check" CHECK ("step_runs"."state" in ('running', 'waiting', 'finished', 'failed', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"batch_id" uuid,
	"row" integer,
	"external_id" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"input" jsonb NOT NULL,
	"output" jsonb,
	"error" jsonb,
	"lane" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "tasks_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "tasks_state_check" CHECK ("tasks"."state" in ('pending', 'in_progress', 'paused', 'finished', 'escalated', 'quarantined', 'failed', 'canceled'))
);
--> statement-breakpoint
CREATE TABLE "workflow_versions" (
	"organization_id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"graph" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"published_by" uuid,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_versions_organization_id_workflow_id_version_pk" PRIMARY KEY("organization_id","workflow_id","version")
);
--> statement-breakpoint
CREATE TABLE "workflows" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"draft" jsonb NOT NULL,
	"published_version" integer,
	"published_revision" integer,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflows_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "workflows_state_check" CHECK ("workflows"."state" in ('draft', 'active', 'paused', 'archived'))
);
--> statement-breakpoint
ALTER TABLE "workflow_model_references" DROP CONSTRAINT "workflow_model_references_organization_id_workflow_id_version_step_pk";--> statement-breakpoint
ALTER TABLE "workflow_model_references" ADD CONSTRAINT "workflow_model_references_organization_id_workflow_id_version_step_slug_pk" PRIMARY KEY("organization_id","workflow_id","version","step","slug");--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "step_run_id" uuid;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_organization_id_workflow_id_version_workflow_versions_organization_id_workflow_id_version_fk" FOREIGN KEY ("organization_id","workflow_id","version") REFERENCES "public"."workflow_versions"("organization_id","workflow_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_runs" ADD CONSTRAINT "step_runs_organization_id_task_id_tasks_organization_id_id_fk" FOREIGN KEY ("organization_id","task_id") REFERENCES "public"."tasks"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_batch_id_batches_organization_id_id_fk" FOREIGN KEY ("organization_id","batch_id") REFERENCES "public"."batches"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_workflow_id_version_workflow_versions_organization_id_workflow_id_version_fk" FOREIGN KEY ("organization_id","workflow_id","version") REFERENCES "public"."workflow_versions"("organization_id","workflow_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_organization_id_workflow_id_workflows_organization_id_id_fk" FOREIGN KEY ("organization_id","workflow_id") REFERENCES "public"."workflows"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "batches_idempotency_key" ON "batches" USING btree ("organization_id","workflow_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "batches_running_idx" ON "batches" USING btree ("created_at") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "batches_workflow_idx" ON "batches" USING btree ("organization_id","workflow_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "step_runs_generation_key" ON "step_runs" USING btree ("organization_id","task_id","step","generation");--> statement-breakpoint
CREATE INDEX "tasks_pending_idx" ON "tasks" USING btree ("organization_id","batch_id","row") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "tasks_parked_idx" ON "tasks" USING btree ("organization_id","workflow_id") WHERE state = 'in_progress' and lane is null;--> statement-breakpoint
CREATE INDEX "tasks_lane_idx" ON "tasks" USING btree ("lane") WHERE lane is not null;--> statement-breakpoint
CREATE INDEX "tasks_workflow_idx" ON "tasks" USING btree ("organization_id","workflow_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tasks_state_idx" ON "tasks" USING btree ("organization_id","workflow_id","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tasks_batch_idx" ON "tasks" USING btree ("organization_id","batch_id","state");--> statement-breakpoint
CREATE INDEX "tasks_open_idx" ON "tasks" USING btree ("state","created_at") WHERE state in ('pending', 'in_progress');--> statement-breakpoint
CREATE INDEX "workflows_updated_idx" ON "workflows" USING btree ("organization_id","updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "attempts_step_run_idx" ON "attempts" USING btree ("organization_id","step_run_id") WHERE step_run_id is not null;