-- For the sums of a long log; it ends with the migration.
SET LOCAL work_mem = '128MB';--> statement-breakpoint
-- The sums lie in parts: what is read together lies together.
ALTER TABLE "call_sums" RENAME TO "call_sums_before";--> statement-breakpoint
CREATE TABLE "call_sums" (
	"organization_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"subject" text NOT NULL,
	"key" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"part" text DEFAULT '' NOT NULL,
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
	CONSTRAINT "call_sums_organization_id_grain_subject_key_starts_at_part_pk" PRIMARY KEY("organization_id","grain","subject","key","starts_at","part"),
	CONSTRAINT "call_sums_grain_check" CHECK ("call_sums"."grain" in ('quarter', 'day', 'week')),
	CONSTRAINT "call_sums_subject_check" CHECK ("call_sums"."subject" in ('all', 'model', 'api_key', 'credential', 'model_by_api_key')),
	CONSTRAINT "call_sums_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action
) PARTITION BY LIST ("grain");--> statement-breakpoint
CREATE TABLE "call_quarters" PARTITION OF "call_sums" FOR VALUES IN ('quarter');--> statement-breakpoint
CREATE TABLE "call_weeks" PARTITION OF "call_sums" FOR VALUES IN ('week');--> statement-breakpoint
CREATE TABLE "call_days" PARTITION OF "call_sums" FOR VALUES IN ('day') PARTITION BY LIST ("subject");--> statement-breakpoint
CREATE TABLE "call_days_of_models" PARTITION OF "call_days" FOR VALUES IN ('model');--> statement-breakpoint
CREATE TABLE "call_days_of_models_by_api_key" PARTITION OF "call_days" FOR VALUES IN ('model_by_api_key');--> statement-breakpoint
CREATE TABLE "call_days_of_others" PARTITION OF "call_days" DEFAULT;--> statement-breakpoint
CREATE INDEX "call_quarters_starts_idx" ON "call_quarters" USING btree ("organization_id","subject","starts_at");--> statement-breakpoint
CREATE INDEX "call_weeks_starts_idx" ON "call_weeks" USING brin ("starts_at") WITH (pages_per_range = 16, autosummarize = on);--> statement-breakpoint
CREATE INDEX "call_days_of_models_starts_idx" ON "call_days_of_models" USING brin ("starts_at") WITH (pages_per_range = 16, autosummarize = on);--> statement-breakpoint
CREATE INDEX "call_days_of_others_starts_idx" ON "call_days_of_others" USING brin ("starts_at") WITH (pages_per_range = 16, autosummarize = on);--> statement-breakpoint
insert into call_sums (organization_id, grain, subject, key, starts_at, part, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, first_bytes)
select organization_id, grain, subject, key, starts_at, '', calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, case when grain = 'quarter' then first_bytes else '{}'::jsonb end
from call_sums_before order by starts_at;--> statement-breakpoint
DROP TABLE "call_sums_before";--> statement-breakpoint
-- The weeks of models, added up from their days.
insert into call_sums (organization_id, grain, subject, key, starts_at, part, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, first_bytes)
select organization_id, 'week', subject, key, week, '', calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms,
  (select coalesce(jsonb_object_agg(bucket, n), '{}'::jsonb)
    from (select bucket, sum(count::bigint) as n from unnest(latency_list) as counted cross join jsonb_each_text(counted) as each (bucket, count)
      group by bucket) merged), '{}'::jsonb
from (
  select organization_id, subject, key, date_trunc('week', starts_at, 'UTC') as week, sum(calls) as calls, sum(failed_calls) as failed_calls, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens, sum(cost) as cost, sum(unknown_cost_calls) as unknown_cost_calls, sum(judged_calls) as judged_calls, sum(judged_failed_calls) as judged_failed_calls, sum(generated_tokens) as generated_tokens, sum(generation_ms) as generation_ms,
    array_agg(latencies) as latency_list
  from call_sums where grain = 'day' and subject = 'model' group by organization_id, subject, key, week
) days order by week;--> statement-breakpoint
-- What was called before, of each model by API key, as it is counted from now on (packages/usage/call-sums).
insert into call_sums (organization_id, grain, subject, key, starts_at, part, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, first_bytes)
select organization_id, grain, subject, key, starts_at, part, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms, latencies, first_bytes from (
    select organization_id, grain, subject, key, starts_at, part, calls, failed_calls, prompt_tokens, completion_tokens, cost, unknown_cost_calls, judged_calls, judged_failed_calls, generated_tokens, generation_ms,
      (select coalesce(jsonb_object_agg(bucket, n), '{}'::jsonb)
    from (select bucket, count(*) as n from unnest(latency_list) as bucket where bucket is not null group by bucket) counted) as latencies, (select coalesce(jsonb_object_agg(bucket, n), '{}'::jsonb)
    from (select bucket, count(*) as n from unnest(first_byte_list) as bucket where bucket is not null group by bucket) counted) as first_bytes
    from (
      select organization_id, grain, subject, key, starts_at, part, sum(calls) as calls, sum(failed_calls) as failed_calls, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens, sum(cost) as cost, sum(unknown_cost_calls) as unknown_cost_calls, sum(judged_calls) as judged_calls, sum(judged_failed_calls) as judged_failed_calls, sum(generated_tokens) as generated_tokens, sum(generation_ms) as generation_ms,
        array_agg(latency_bucket) as latency_list, array_agg(first_byte_bucket) filter (where grain = 'quarter') as first_byte_list
      from (select organization_id, source, from_cache, slug, api_key_id, credential_id, started_at, 
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
  case when status = 'succeeded' and from_cache is not true and latency_ms is not null
    then floor(8 * ln(greatest(latency_ms, 1)::float8) / ln(2::float8) + 1e-9)::integer end as latency_bucket,
  case when status = 'succeeded' and from_cache is not true and first_byte_ms is not null
    then floor(8 * ln(greatest(first_byte_ms, 1)::float8) / ln(2::float8) + 1e-9)::integer end as first_byte_bucket from (select attempts.*, true as is_new from attempts) call) measured
      cross join lateral (values ('day', 'model_by_api_key', slug, date_trunc('day', started_at, 'UTC'), coalesce(api_key_id::text, ''))) as belongs (grain, subject, key, starts_at, part)
      where key is not null
      group by organization_id, grain, subject, key, starts_at, part
    ) grouped) sums order by starts_at;--> statement-breakpoint
DROP INDEX "models_credential_idx";--> statement-breakpoint
CREATE INDEX "models_credential_idx" ON "models" USING btree ("organization_id","credential_id","active" DESC NULLS FIRST,lower("display_name"),"slug");
