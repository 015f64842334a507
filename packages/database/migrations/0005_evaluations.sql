CREATE TABLE "check_results" (
	"organization_id" uuid NOT NULL,
	"evaluation_id" uuid NOT NULL,
	"candidate" integer NOT NULL,
	"row" integer NOT NULL,
	"check_name" text NOT NULL,
	"outcome" text NOT NULL,
	"score" integer,
	"detail" text NOT NULL,
	CONSTRAINT "check_results_organization_id_evaluation_id_candidate_row_check_name_pk" PRIMARY KEY("organization_id","evaluation_id","candidate","row","check_name"),
	CONSTRAINT "check_results_outcome_check" CHECK ("check_results"."outcome" in ('pass', 'fail', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "dataset_rows" (
	"organization_id" uuid NOT NULL,
	"dataset_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"external_id" text,
	"input" jsonb NOT NULL,
	"expected" jsonb NOT NULL,
	CONSTRAINT "dataset_rows_organization_id_dataset_id_row_pk" PRIMARY KEY("organization_id","dataset_id","row")
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"rows" integer NOT NULL,
	"inputs" jsonb NOT NULL,
	"expected" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "datasets_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "evaluation_candidates" (
	"organization_id" uuid NOT NULL,
	"evaluation_id" uuid NOT NULL,
	"candidate" integer NOT NULL,
	"label" text NOT NULL,
	"version" integer NOT NULL,
	"replacements" jsonb NOT NULL,
	"batch_id" uuid NOT NULL,
	"pass_rate" double precision,
	CONSTRAINT "evaluation_candidates_organization_id_evaluation_id_candidate_pk" PRIMARY KEY("organization_id","evaluation_id","candidate")
);
--> statement-breakpoint
CREATE TABLE "evaluation_judgings" (
	"organization_id" uuid NOT NULL,
	"evaluation_id" uuid NOT NULL,
	"candidate" integer NOT NULL,
	"check_name" text NOT NULL,
	"batch_id" uuid NOT NULL,
	CONSTRAINT "evaluation_judgings_organization_id_batch_id_pk" PRIMARY KEY("organization_id","batch_id")
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"workflow_id" uuid NOT NULL,
	"dataset_id" uuid NOT NULL,
	"rows" integer NOT NULL,
	"checks" jsonb NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"idempotency_key" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "evaluations_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "evaluations_state_check" CHECK ("evaluations"."state" in ('running', 'finished', 'canceled'))
);
--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "of_evaluation" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "check_results" ADD CONSTRAINT "check_results_candidate_fk" FOREIGN KEY ("organization_id","evaluation_id","candidate") REFERENCES "public"."evaluation_candidates"("organization_id","evaluation_id","candidate") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_rows" ADD CONSTRAINT "dataset_rows_organization_id_dataset_id_datasets_organization_id_id_fk" FOREIGN KEY ("organization_id","dataset_id") REFERENCES "public"."datasets"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_candidates" ADD CONSTRAINT "evaluation_candidates_evaluation_fk" FOREIGN KEY ("organization_id","evaluation_id") REFERENCES "public"."evaluations"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_candidates" ADD CONSTRAINT "evaluation_candidates_batch_fk" FOREIGN KEY ("organization_id","batch_id") REFERENCES "public"."batches"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_judgings" ADD CONSTRAINT "evaluation_judgings_candidate_fk" FOREIGN KEY ("organization_id","evaluation_id","candidate") REFERENCES "public"."evaluation_candidates"("organization_id","evaluation_id","candidate") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_judgings" ADD CONSTRAINT "evaluation_judgings_batch_fk" FOREIGN KEY ("organization_id","batch_id") REFERENCES "public"."batches"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_organization_id_id_workflows_organization_id_id_fk" FOREIGN KEY ("organization_id","id") REFERENCES "public"."workflows"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_organization_id_workflow_id_workflows_organization_id_id_fk" FOREIGN KEY ("organization_id","workflow_id") REFERENCES "public"."workflows"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_dataset_fk" FOREIGN KEY ("organization_id","dataset_id") REFERENCES "public"."datasets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "datasets_created_idx" ON "datasets" USING btree ("organization_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "evaluation_judgings_evaluation_idx" ON "evaluation_judgings" USING btree ("organization_id","evaluation_id","candidate","check_name");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_idempotency_key" ON "evaluations" USING btree ("organization_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "evaluations_created_idx" ON "evaluations" USING btree ("organization_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "evaluations_dataset_idx" ON "evaluations" USING btree ("organization_id","dataset_id");--> statement-breakpoint
CREATE INDEX "evaluations_open_idx" ON "evaluations" USING btree ("created_at") WHERE finished_at is null;