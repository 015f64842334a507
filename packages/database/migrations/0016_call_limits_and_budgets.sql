CREATE TABLE "budget_alerts" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"threshold" integer NOT NULL,
	"spent" numeric NOT NULL,
	"amount" numeric NOT NULL,
	"reached_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_alerts_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "budget_alerts_once_key" UNIQUE("organization_id","budget_id","starts_at","threshold","amount"),
	CONSTRAINT "budget_alerts_threshold_check" CHECK ("budget_alerts"."threshold" in (50, 80, 100))
);
--> statement-breakpoint
CREATE TABLE "budget_grants" (
	"organization_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"process_id" uuid NOT NULL,
	"amount" numeric DEFAULT '0' NOT NULL,
	"renewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_grants_organization_id_budget_id_starts_at_process_id_pk" PRIMARY KEY("organization_id","budget_id","starts_at","process_id")
);
--> statement-breakpoint
CREATE TABLE "budget_periods" (
	"organization_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"spent" numeric DEFAULT '0' NOT NULL,
	"uncounted_calls" integer DEFAULT 0 NOT NULL,
	"refused_at" timestamp with time zone,
	CONSTRAINT "budget_periods_organization_id_budget_id_starts_at_pk" PRIMARY KEY("organization_id","budget_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"api_key_id" uuid,
	"member_id" uuid,
	"slug" text,
	"period" text NOT NULL,
	"amount" numeric NOT NULL,
	"refuse_unknown_prices" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "budgets_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "budgets_subject_check" CHECK (num_nonnulls("budgets"."api_key_id", "budgets"."member_id", "budgets"."slug") <= 1),
	CONSTRAINT "budgets_period_check" CHECK ("budgets"."period" in ('day', 'month', 'total')),
	CONSTRAINT "budgets_amount_check" CHECK ("budgets"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "call_counts" (
	"organization_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"process_id" uuid NOT NULL,
	"minute" integer NOT NULL,
	"requests" integer NOT NULL,
	"tokens" bigint NOT NULL,
	"earlier_requests" integer NOT NULL,
	"earlier_tokens" bigint NOT NULL,
	"concurrent" integer NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_counts_organization_id_subject_process_id_pk" PRIMARY KEY("organization_id","subject","process_id")
);
--> statement-breakpoint
CREATE TABLE "call_limits" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"api_key_id" uuid,
	"member_id" uuid,
	"slug" text,
	"requests_per_minute" integer,
	"tokens_per_minute" integer,
	"concurrent_calls" integer,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_limits_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "call_limits_subject_key" UNIQUE NULLS NOT DISTINCT("organization_id","api_key_id","member_id","slug"),
	CONSTRAINT "call_limits_subject_check" CHECK (num_nonnulls("call_limits"."api_key_id", "call_limits"."member_id", "call_limits"."slug") <= 1),
	CONSTRAINT "call_limits_positive_check" CHECK ("call_limits"."requests_per_minute" > 0 and "call_limits"."tokens_per_minute" > 0 and "call_limits"."concurrent_calls" > 0),
	CONSTRAINT "call_limits_some_check" CHECK (num_nonnulls("call_limits"."requests_per_minute", "call_limits"."tokens_per_minute", "call_limits"."concurrent_calls") > 0)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"alert_id" uuid,
	"body" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_status" integer,
	"last_cause" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "webhook_deliveries_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "webhook_deliveries_state_check" CHECK ("webhook_deliveries"."state" in ('waiting', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"sealed" "bytea",
	"data_key_version" integer NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "webhooks_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "reserved_cost" numeric;--> statement-breakpoint
ALTER TABLE "budget_alerts" ADD CONSTRAINT "budget_alerts_organization_id_budget_id_starts_at_budget_periods_organization_id_budget_id_starts_at_fk" FOREIGN KEY ("organization_id","budget_id","starts_at") REFERENCES "public"."budget_periods"("organization_id","budget_id","starts_at") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_grants" ADD CONSTRAINT "budget_grants_organization_id_budget_id_starts_at_budget_periods_organization_id_budget_id_starts_at_fk" FOREIGN KEY ("organization_id","budget_id","starts_at") REFERENCES "public"."budget_periods"("organization_id","budget_id","starts_at") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_periods" ADD CONSTRAINT "budget_periods_organization_id_budget_id_budgets_organization_id_id_fk" FOREIGN KEY ("organization_id","budget_id") REFERENCES "public"."budgets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_organization_id_api_key_id_api_keys_organization_id_id_fk" FOREIGN KEY ("organization_id","api_key_id") REFERENCES "public"."api_keys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_organization_id_member_id_members_organization_id_id_fk" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_counts" ADD CONSTRAINT "call_counts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_limits" ADD CONSTRAINT "call_limits_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_limits" ADD CONSTRAINT "call_limits_organization_id_api_key_id_api_keys_organization_id_id_fk" FOREIGN KEY ("organization_id","api_key_id") REFERENCES "public"."api_keys"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_limits" ADD CONSTRAINT "call_limits_organization_id_member_id_members_organization_id_id_fk" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_organization_id_webhook_id_webhooks_organization_id_id_fk" FOREIGN KEY ("organization_id","webhook_id") REFERENCES "public"."webhooks"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_organization_id_alert_id_budget_alerts_organization_id_id_fk" FOREIGN KEY ("organization_id","alert_id") REFERENCES "public"."budget_alerts"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_organization_id_data_key_version_data_keys_organization_id_version_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_grants_process_idx" ON "budget_grants" USING btree ("process_id");--> statement-breakpoint
CREATE UNIQUE INDEX "budgets_subject_key" ON "budgets" USING btree ("organization_id",coalesce("api_key_id"::text, ''),coalesce("member_id"::text, ''),coalesce("slug", ''),"period") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "call_counts_updated_idx" ON "call_counts" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" USING btree ("next_try_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_alert_key" ON "webhook_deliveries" USING btree ("organization_id","webhook_id","alert_id") WHERE alert_id is not null;