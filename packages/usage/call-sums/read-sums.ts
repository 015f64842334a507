import type { Database } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';
import type { SumsOfPeriod } from './select-sums.ts';

/** Numbers as PostgreSQL sends them: exact. */
export interface SummedRow extends Record<string, unknown> {
  /** The key, or the day as `2026-09-01`. Null: all together. */
  readonly key: string | null;
  /** How many groups there are, shown or not. */
  readonly groups: string;
  readonly calls: string;
  readonly failed_calls: string;
  readonly prompt_tokens: string;
  readonly completion_tokens: string;
  readonly cost: string;
  readonly unknown_cost_calls: string;
  readonly latencies: Record<string, number> | null;
}

/** Eleven years. */
const mostDays = 4_000;
const mostGroups = 200;

const figures = sql`sum(calls) as calls, sum(failed_calls) as failed_calls, sum(prompt_tokens) as prompt_tokens,
  sum(completion_tokens) as completion_tokens, sum(cost) as cost, sum(unknown_cost_calls) as unknown_cost_calls`;
const shownFigures = sql`calls, failed_calls, prompt_tokens, completion_tokens, trim_scale(cost)::text as cost, unknown_cost_calls`;
const buckets = sql`cross join lateral jsonb_each_text(latencies) each (bucket, count)`;

/** The days of a period, oldest first, and before them all of it together; nothing where nobody has called. */
export async function readDays(db: Database['db'], { kept, counted }: SumsOfPeriod): Promise<readonly SummedRow[]> {
  const { rows } = await db.execute<SummedRow>(sql`
    with sums as materialized (
      select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD') as day, sum.* from (${joined(kept(), counted)}) sum
    ),
    days as (select day, ${figures} from sums group by grouping sets ((day), ()) having count(*) > 0),
    durations as (select day, bucket, sum(count::bigint) as n from sums ${buckets} group by grouping sets ((day, bucket), (bucket))),
    merged as (select day, jsonb_object_agg(bucket, n) as latencies from durations group by day)
    select days.day as key, ${shownFigures}, latencies, (select count(*) from days where day is not null) as groups
    from days left join merged on merged.day is not distinct from days.day
    order by days.day nulls first limit ${mostDays + 1}`);
  return rows;
}

/**
 * The dearest groups by key. All are ranked by what they cost, and only of those that are shown is the rest added up:
 * there may be thousands, and their durations are most of the work.
 */
export async function readDearest(db: Database['db'], { kept, counted }: SumsOfPeriod): Promise<readonly SummedRow[]> {
  const shownKeys = sql`(select array_agg(key) from shown)::text[]`;
  const log = counted === null ? null : sql`select * from counted`;
  const { rows } = await db.execute<SummedRow>(sql`
    with ${counted === null ? sql`` : sql`counted as materialized (${counted}),`}
    ranked as (select key, sum(cost) as cost, sum(calls) as calls from (${joined(kept(), log)}) sums group by key),
    shown as (
      select key, cost as shown_cost, calls as shown_calls, count(*) over () as groups from ranked
      order by cost desc, calls desc, key limit ${mostGroups}
    ),
    sums as materialized (${joined(kept(shownKeys), log && sql`${log} where key = any(${shownKeys})`)}),
    added as (select key, ${figures} from sums group by key),
    durations as (select key, bucket, sum(count::bigint) as n from sums ${buckets} group by key, bucket),
    merged as (select key, jsonb_object_agg(bucket, n) as latencies from durations group by key)
    select key, ${shownFigures}, latencies, groups from shown join added using (key) left join merged using (key)
    order by shown_cost desc, shown_calls desc, key`);
  return rows;
}

function joined(kept: SQL, log: SQL | null): SQL {
  return log === null ? kept : sql`${kept} union all ${log}`;
}
