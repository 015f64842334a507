CREATE TABLE "call_sums" (
	"organization_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"failed_calls" bigint DEFAULT 0 NOT NULL,
	"prompt_tokens" bigint DEFAULT 0 NOT NULL,
	"completion_tokens" bigint DEFAULT 0 NOT NULL,
	"cost" numeric DEFAULT '0' NOT NULL,
	"unknown_cost_calls" bigint DEFAULT 0 NOT NULL,
	"judged_calls" bigint DEFAULT 0 NOT NULL,
	"judged_failed_calls" bigint DEFAULT 0 NOT NULL,
	"generated_tokens" bigint DEFAULT 0 NOT NULL,
	"generation_ms" bigint DEFAULT 0 NOT NULL,
	"latencies" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"first_bytes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "call_sums_organization_id_grain_subject_key_starts_at_pk" PRIMARY KEY("organization_id","grain","subject","key","starts_at"),
	CONSTRAINT "call_sums_grain_check" CHECK ("call_sums"."grain" in ('quarter', 'day')),
	CONSTRAINT "call_sums_subject_check" CHECK ("call_sums"."subject" in ('all', 'model', 'api_key', 'credential'))
);
--> statement-breakpoint
CREATE TABLE "replicas" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"generation" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "attempts_started_idx";--> statement-breakpoint
DROP INDEX "attempts_slug_idx";--> statement-breakpoint
DROP INDEX "attempts_api_key_idx";--> statement-breakpoint
DROP INDEX "attempts_credential_idx";--> statement-breakpoint
ALTER TABLE "call_sums" ADD CONSTRAINT "call_sums_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_sums_starts_idx" ON "call_sums" USING btree ("organization_id","grain","subject","starts_at");--> statement-breakpoint
CREATE INDEX "call_sums_quarter_idx" ON "call_sums" USING btree ("starts_at") WHERE grain = 'quarter';--> statement-breakpoint
CREATE INDEX "attempts_provider_idx" ON "attempts" USING btree ("organization_id","provider","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "attempts_source_idx" ON "attempts" USING btree ("organization_id","source","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "attempts_status_idx" ON "attempts" USING btree ("organization_id","status","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status <> 'succeeded';--> statement-breakpoint
CREATE INDEX "attempts_unknown_cost_idx" ON "attempts" USING btree ("organization_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE cost is null and status <> 'failed';--> statement-breakpoint
CREATE INDEX "attempts_started_idx" ON "attempts" USING btree ("organization_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "attempts_slug_idx" ON "attempts" USING btree ("organization_id","slug","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "attempts_api_key_idx" ON "attempts" USING btree ("organization_id","api_key_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "attempts_credential_idx" ON "attempts" USING btree ("organization_id","credential_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE credential_id is not null;--> statement-breakpoint
-- What was called before, as it is counted from now on (packages/usage/call-sums).
insert into call_sums (organization_id, grain, subject, key, starts_at, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, first_bytes)
select organization_id, grain, subject, key, starts_at, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, first_bytes from (
select organization_id, grain, subject, key, starts_at, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms,
  (select coalesce(jsonb_object_agg(bucket, n), '{}'::jsonb)
from (select bucket, count(*) as n from unnest(latency_list) as bucket where bucket is not null group by bucket) counted) as latencies, (select coalesce(jsonb_object_agg(bucket, n), '{}'::jsonb)
from (select bucket, count(*) as n from unnest(first_byte_list) as bucket where bucket is not null group by bucket) counted) as first_bytes
from (
  select organization_id, grain, subject, key, starts_at, sum(calls) as calls, sum(failed_calls) as failed_calls, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens, sum(cost) as cost, sum(unknown_cost_calls) as unknown_cost_calls, sum(judged_calls) as judged_calls, sum(judged_failed_calls) as judged_failed_calls, sum(generated_tokens) as generated_tokens, sum(generation_ms) as generation_ms,
    array_agg(latency_bucket) as latency_list, array_agg(first_byte_bucket) as first_byte_list
  from (select organization_id, source, slug, api_key_id, credential_id, started_at, 
  is_new::integer as calls,
  (status in ('failed', 'incomplete'))::integer as failed_calls,
  coalesce(prompt_tokens, 0) as prompt_tokens,
  coalesce(completion_tokens, 0) as completion_tokens,
  coalesce(cost, 0) as cost,
  (cost is null and status <> 'failed')::integer - (not is_new)::integer as unknown_cost_calls,
  (status in ('succeeded', 'incomplete') or (status = 'failed' and coalesce(cause, '') not in ('bad_request', 'context_too_long', 'content_blocked', 'feature_unsupported', 'canceled')))::integer as judged_calls,
  ((status in ('succeeded', 'incomplete') or (status = 'failed' and coalesce(cause, '') not in ('bad_request', 'context_too_long', 'content_blocked', 'feature_unsupported', 'canceled'))) and status <> 'succeeded')::integer as judged_failed_calls,
  case when (status = 'succeeded' and completion_tokens > 0 and latency_ms > 0) then completion_tokens else 0 end as generated_tokens,
  case when (status = 'succeeded' and completion_tokens > 0 and latency_ms > 0) then case when stream and latency_ms > first_byte_ms then latency_ms - first_byte_ms else latency_ms end else 0 end as generation_ms,
  case when status = 'succeeded' and latency_ms is not null then floor(8 * ln(greatest(latency_ms, 1)::float8) / ln(2::float8) + 1e-9)::integer end as latency_bucket,
  case when status = 'succeeded' and first_byte_ms is not null then floor(8 * ln(greatest(first_byte_ms, 1)::float8) / ln(2::float8) + 1e-9)::integer end as first_byte_bucket from (select attempts.*, true as is_new from attempts) call) measured
  cross join lateral (values
  ('day', 'all', '', date_trunc('day', started_at, 'UTC')),
  ('day', 'model', coalesce(slug, ''), date_trunc('day', started_at, 'UTC')),
  ('day', 'api_key', coalesce(api_key_id::text, ''), date_trunc('day', started_at, 'UTC')),
  ('day', 'credential', credential_id::text, date_trunc('day', started_at, 'UTC')),
  ('quarter', 'model', case when not source in ('connection_test', 'probe') then slug end, date_bin('15 minutes', started_at, 'epoch')),
  ('quarter', 'credential', case when not source in ('connection_test', 'probe') then credential_id::text end, date_bin('15 minutes', started_at, 'epoch'))) as belongs (grain, subject, key, starts_at)
  where key is not null and (grain = 'day' or starts_at > now() - interval '1 day')
  group by organization_id, grain, subject, key, starts_at
) grouped) sums;
