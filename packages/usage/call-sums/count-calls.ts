import { bucketsPerDoubling, callerFaultCauses } from '@pipelines/contracts';
import { type SQL, sql } from 'drizzle-orm';

const words = (list: readonly string[]) => sql.raw(list.map((word) => `'${word}'`).join(', '));

/** The numbers of a sum, which are added up. */
export const addedColumns = [
  'calls',
  'failed_calls',
  'prompt_tokens',
  'completion_tokens',
  'cost',
  'unknown_cost_calls',
  'judged_calls',
  'judged_failed_calls',
  'generated_tokens',
  'generation_ms',
] as const;
/** What a row of `call_sums` tells, without what it is of. */
export const figureColumns = sql.raw([...addedColumns, 'latencies', 'first_bytes'].join(', '));
/** All columns of `call_sums`, in the order of every query here. */
export const sumColumns = sql`organization_id, grain, subject, key, starts_at, part, ${figureColumns}`;

/** Calls that say nothing of how a model does its work: made to find something out, or answered with a kept answer. */
const isTry = sql`(source in ('connection_test', 'probe') or coalesce(from_cache, false))`;
const isJudged = sql`(status in ('succeeded', 'incomplete') or (status = 'failed' and coalesce(cause, '') not in (${words(callerFaultCauses)})))`;
/** From the first byte on, where it was streamed and took any time; otherwise from the beginning. */
const generationMs = sql`case when stream and latency_ms > first_byte_ms then latency_ms - first_byte_ms else latency_ms end`;
const isGenerated = sql`(status = 'succeeded' and completion_tokens > 0 and latency_ms > 0)`;

/** As `percentileOf` reads them: of answered calls. */
const bucketOf = (durationMs: SQL) =>
  sql`case when status = 'succeeded' and from_cache is not true and ${durationMs} is not null
    then floor(${sql.raw(String(bucketsPerDoubling))} * ln(greatest(${durationMs}, 1)::float8) / ln(2::float8) + 1e-9)::integer end`;

/** What each call adds to a sum. Settling an unknown call (`not is_new`) takes back what was counted of it. */
const measures = sql`
  is_new::integer as calls,
  (status in ('failed', 'incomplete'))::integer as failed_calls,
  coalesce(prompt_tokens, 0) as prompt_tokens,
  coalesce(completion_tokens, 0) as completion_tokens,
  coalesce(cost, 0) as cost,
  (cost is null and status <> 'failed')::integer - (not is_new)::integer as unknown_cost_calls,
  ${isJudged}::integer as judged_calls,
  (${isJudged} and status <> 'succeeded')::integer as judged_failed_calls,
  case when ${isGenerated} then completion_tokens else 0 end as generated_tokens,
  case when ${isGenerated} then ${generationMs} else 0 end as generation_ms,
  ${bucketOf(sql`latency_ms`)} as latency_bucket,
  ${bucketOf(sql`first_byte_ms`)} as first_byte_bucket`;

const apiKey = sql`coalesce(api_key_id::text, '')`;
const day = sql`date_trunc('day', started_at, 'UTC')`;
const quarter = sql`date_bin('15 minutes', started_at, 'epoch')`;

/** The rows of `call_sums` that a call belongs to; those with a null key are none. */
export const everySum = sql`(values
  ('day', 'all', '', ${day}, ''),
  ('day', 'model', coalesce(slug, ''), ${day}, ''),
  ('day', 'api_key', ${apiKey}, ${day}, ''),
  ('day', 'credential', credential_id::text, ${day}, ''),
  ('day', 'model_by_api_key', slug, ${day}, ${apiKey}),
  ('week', 'model', coalesce(slug, ''), date_trunc('week', started_at, 'UTC'), ''),
  ('quarter', 'model', case when not ${isTry} then slug end, ${quarter}, ''),
  ('quarter', 'credential', case when not ${isTry} then credential_id::text end, ${quarter}, ''))`;

/** Only one of them, by days. */
export const daySums = {
  all: sql`(values ('day', 'all', '', ${day}, ''))`,
  model: sql`(values ('day', 'model', coalesce(slug, ''), ${day}, ''))`,
  api_key: sql`(values ('day', 'api_key', ${apiKey}, ${day}, ''))`,
} as const;

const bucketCounts = (list: SQL) =>
  sql`(select coalesce(jsonb_object_agg(bucket, n), '{}'::jsonb)
    from (select bucket, count(*) as n from unnest(${list}) as bucket where bucket is not null group by bucket) counted)`;

/**
 * A query that sums calls as `call_sums` has them.
 * @param calls a query for columns of `attempts`, and `is_new`
 * @param sums which sums each is part of
 */
export function countCalls(calls: SQL, sums: SQL): SQL {
  return sql`
    select organization_id, grain, subject, key, starts_at, part, ${sql.raw(addedColumns.join(', '))},
      ${bucketCounts(sql`latency_list`)} as latencies, ${bucketCounts(sql`first_byte_list`)} as first_bytes
    from (
      select organization_id, grain, subject, key, starts_at, part, ${sql.raw(addedColumns.map((name) => `sum(${name}) as ${name}`).join(', '))},
        array_agg(latency_bucket) as latency_list, array_agg(first_byte_bucket) filter (where grain = 'quarter') as first_byte_list
      from (select organization_id, source, from_cache, slug, api_key_id, credential_id, started_at, ${measures} from (${calls}) call) measured
      cross join lateral ${sums} as belongs (grain, subject, key, starts_at, part)
      where key is not null
      group by organization_id, grain, subject, key, starts_at, part
    ) grouped`;
}
