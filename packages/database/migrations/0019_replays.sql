CREATE TABLE "replay_items" (
	"organization_id" uuid NOT NULL,
	"replay_id" uuid NOT NULL,
	"item" integer NOT NULL,
	"sealed_input" "bytea",
	"data_key_version" integer NOT NULL,
	"kept_at" timestamp with time zone,
	"same_text" boolean,
	"same_tool_calls" boolean,
	CONSTRAINT "replay_items_organization_id_replay_id_item_pk" PRIMARY KEY("organization_id","replay_id","item")
);
--> statement-breakpoint
CREATE TABLE "replay_runs" (
	"organization_id" uuid NOT NULL,
	"replay_id" uuid NOT NULL,
	"item" integer NOT NULL,
	"side" text NOT NULL,
	"state" text NOT NULL,
	"claim" uuid,
	"claimed_until" timestamp with time zone,
	"attempt_id" uuid,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"cost" numeric,
	"latency_ms" integer,
	"error_code" text,
	"fits_schema" boolean,
	"sealed_answer" "bytea",
	"data_key_version" integer,
	CONSTRAINT "replay_runs_organization_id_replay_id_item_side_pk" PRIMARY KEY("organization_id","replay_id","item","side"),
	CONSTRAINT "replay_runs_side_check" CHECK ("replay_runs"."side" in ('baseline', 'candidate')),
	CONSTRAINT "replay_runs_state_check" CHECK ("replay_runs"."state" in ('pending', 'running', 'succeeded', 'failed', 'canceled'))
);
--> statement-breakpoint
CREATE TABLE "replays" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_slug" text NOT NULL,
	"to_slug" text NOT NULL,
	"inputs_from" text NOT NULL,
	"inputs" integer NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "replays_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "replays_state_check" CHECK ("replays"."state" in ('running', 'finished', 'canceled'))
);
--> statement-breakpoint
ALTER TABLE "replay_items" ADD CONSTRAINT "replay_items_replay_fk" FOREIGN KEY ("organization_id","replay_id") REFERENCES "public"."replays"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_items" ADD CONSTRAINT "replay_items_data_key_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_runs" ADD CONSTRAINT "replay_runs_item_fk" FOREIGN KEY ("organization_id","replay_id","item") REFERENCES "public"."replay_items"("organization_id","replay_id","item") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_runs" ADD CONSTRAINT "replay_runs_data_key_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replays" ADD CONSTRAINT "replays_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "replay_runs_open_idx" ON "replay_runs" USING btree ("claimed_until") WHERE state in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "replays_model_idx" ON "replays" USING btree ("organization_id","from_slug","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "replays_open_idx" ON "replays" USING btree ("created_at") WHERE state = 'running';