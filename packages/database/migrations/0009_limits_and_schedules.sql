CREATE TABLE "concurrency_limits" (
	"organization_id" uuid NOT NULL,
	"workflow_id" uuid,
	"slug" text,
	"at_most" integer NOT NULL,
	CONSTRAINT "concurrency_limits_key" UNIQUE NULLS NOT DISTINCT("organization_id","workflow_id","slug"),
	CONSTRAINT "concurrency_limits_subject_check" CHECK ("concurrency_limits"."workflow_id" is null or "concurrency_limits"."slug" is null),
	CONSTRAINT "concurrency_limits_at_most_check" CHECK ("concurrency_limits"."at_most" > 0)
);
--> statement-breakpoint
CREATE TABLE "model_slots" (
	"organization_id" uuid NOT NULL,
	"step_run_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"lane" text NOT NULL,
	CONSTRAINT "model_slots_organization_id_step_run_id_pk" PRIMARY KEY("organization_id","step_run_id")
);
--> statement-breakpoint
CREATE TABLE "schedule_runs" (
	"organization_id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"ran_at" timestamp with time zone NOT NULL,
	"missed" integer NOT NULL,
	"batch_id" uuid,
	"error" jsonb,
	CONSTRAINT "schedule_runs_organization_id_schedule_id_planned_at_pk" PRIMARY KEY("organization_id","schedule_id","planned_at")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"name" text NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text NOT NULL,
	"enabled" boolean NOT NULL,
	"tasks" jsonb NOT NULL,
	"next_run_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schedules_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
DROP INDEX "tasks_pending_idx";--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "concurrency_limits" ADD CONSTRAINT "concurrency_limits_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concurrency_limits" ADD CONSTRAINT "concurrency_limits_organization_id_workflow_id_workflows_organization_id_id_fk" FOREIGN KEY ("organization_id","workflow_id") REFERENCES "public"."workflows"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_slots" ADD CONSTRAINT "model_slots_organization_id_task_id_tasks_organization_id_id_fk" FOREIGN KEY ("organization_id","task_id") REFERENCES "public"."tasks"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_organization_id_schedule_id_schedules_organization_id_id_fk" FOREIGN KEY ("organization_id","schedule_id") REFERENCES "public"."schedules"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_organization_id_batch_id_batches_organization_id_id_fk" FOREIGN KEY ("organization_id","batch_id") REFERENCES "public"."batches"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_organization_id_workflow_id_workflows_organization_id_id_fk" FOREIGN KEY ("organization_id","workflow_id") REFERENCES "public"."workflows"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_slots_slug_idx" ON "model_slots" USING btree ("organization_id","slug");--> statement-breakpoint
CREATE INDEX "model_slots_task_idx" ON "model_slots" USING btree ("organization_id","task_id");--> statement-breakpoint
CREATE INDEX "schedules_workflow_idx" ON "schedules" USING btree ("organization_id","workflow_id","created_at");--> statement-breakpoint
CREATE INDEX "schedules_due_idx" ON "schedules" USING btree ("next_run_at") WHERE next_run_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_pending_idx" ON "tasks" USING btree ("organization_id","batch_id","waits_for","row") WHERE state = 'pending';