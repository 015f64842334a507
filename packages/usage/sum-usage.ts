import { percentileOf, type Usage, type usageQuerySchema } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { selectSums } from './call-sums/select-sums.ts';

export type UsageQuery = z.infer<typeof usageQuerySchema>;
type UsageTotal = Usage['total'];
type GroupBy = UsageQuery['group_by'];

const { apiKeys, models, platformModels } = schema;

/** Groups at most, the dearest first; days, oldest first, are as many as there are. */
const mostGroups: Record<GroupBy, number> = { day: 4_000, model: 200, api_key: 200 };

/**
 * Sums over an organization's log by day (UTC), model or API key, and over all of it. Costs are added exactly.
 * Calls without a slug (connection tests) or a key (the playground) stand under the empty key. A failed call counts
 * as free where its cost is unknown: providers charge for answers. Latencies are those of calls that succeeded.
 */
export async function sumUsage({ db }: Pick<Database, 'db'>, organizationId: string, query: UsageQuery): Promise<Usage> {
  const { group_by: groupBy, slug } = query;
  const overall = slug === undefined ? 'all' : 'model';
  const subject = groupBy === 'day' ? overall : groupBy;
  const key = groupBy === 'day' ? sql`to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD')` : sql`key`;
  const rows = await readGroups(db, selectSums(organizationId, subject, query), { key, groupBy });
  const [total] = await readGroups(db, selectSums(organizationId, overall, query), { key: sql`''`, groupBy: 'day' });
  const names = await readNames(
    db,
    organizationId,
    groupBy,
    rows.map((row) => row.key),
  );
  return {
    data: rows.map((row) => ({ key: row.key, name: names.get(row.key) ?? null, ...toSums(row) })),
    left_out: Math.max(0, Number(rows[0]?.groups ?? 0) - rows.length),
    total: total === undefined ? nothing : toSums(total),
  };
}

interface SummedRow extends Record<string, unknown> {
  readonly key: string;
  readonly groups: string;
  readonly calls: string;
  readonly failed_calls: string;
  readonly prompt_tokens: string;
  readonly completion_tokens: string;
  readonly cost: string;
  readonly unknown_cost_calls: string;
  readonly latencies: Record<string, number> | null;
}

/** The groups with their sums; durations are added up only of those that are shown. */
async function readGroups(
  db: Database['db'],
  sums: SQL,
  { key, groupBy }: { readonly key: SQL; readonly groupBy: GroupBy },
): Promise<readonly SummedRow[]> {
  const order = groupBy === 'day' ? sql`key` : sql`cost desc, calls desc, key`;
  const { rows } = await db.execute<SummedRow>(sql`
    with grouped as (
      select ${key} as key, sum(calls) as calls, sum(failed_calls) as failed_calls, sum(prompt_tokens) as prompt_tokens,
        sum(completion_tokens) as completion_tokens, sum(cost) as cost, sum(unknown_cost_calls) as unknown_cost_calls
      from (${sums}) sums group by 1
    ),
    shown as (select * from grouped order by ${order} limit ${mostGroups[groupBy]}),
    durations as (
      select shown.key, bucket, sum(count::bigint) as n
      from (select ${key} as group_key, latencies from (${sums}) sums) part
      join shown on shown.key = part.group_key
      cross join lateral jsonb_each_text(latencies) each (bucket, count)
      group by shown.key, bucket
    ),
    merged as (select key, jsonb_object_agg(bucket, n) as latencies from durations group by key)
    select key, calls, failed_calls, prompt_tokens, completion_tokens, trim_scale(cost)::text as cost, unknown_cost_calls, latencies,
      (select count(*) from grouped) as groups
    from shown left join merged using (key) order by ${order}`);
  return rows;
}

const nothing: UsageTotal = {
  calls: 0,
  failed_calls: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  cost: '0',
  unknown_cost_calls: 0,
  latency_p50_ms: null,
  latency_p95_ms: null,
};

function toSums(row: SummedRow): UsageTotal {
  const latencies = new Map(Object.entries(row.latencies ?? {}).map(([bucket, count]) => [Number(bucket), count]));
  return {
    calls: Number(row.calls),
    failed_calls: Number(row.failed_calls),
    prompt_tokens: Number(row.prompt_tokens),
    completion_tokens: Number(row.completion_tokens),
    cost: row.cost,
    unknown_cost_calls: Number(row.unknown_cost_calls),
    latency_p50_ms: percentileOf(latencies, 0.5),
    latency_p95_ms: percentileOf(latencies, 0.95),
  };
}

/** What people call the keys of the groups; days have no other name. */
async function readNames(db: Database['db'], organizationId: string, groupBy: GroupBy, groups: readonly string[]) {
  if (groupBy === 'day' || groups.length === 0) return new Map<string, string>();
  return new Map(
    groupBy === 'api_key' ? await readApiKeyNames(db, organizationId, groups) : await readModelNames(db, organizationId, groups),
  );
}

async function readApiKeyNames(db: Database['db'], organizationId: string, ids: readonly string[]): Promise<[string, string][]> {
  const known = ids.filter((id) => id !== '');
  if (known.length === 0) return [];
  const rows = await db
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, organizationId), inArray(apiKeys.id, known)));
  return rows.map((row) => [row.id, row.name]);
}

async function readModelNames(db: Database['db'], organizationId: string, slugs: readonly string[]): Promise<[string, string][]> {
  const custom = db
    .select({ slug: models.slug, name: models.displayName })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), inArray(models.slug, [...slugs])));
  const platform = db
    .select({ slug: platformModels.slug, name: platformModels.displayName })
    .from(platformModels)
    .where(inArray(platformModels.slug, [...slugs]));
  return (await custom.unionAll(platform)).map((row) => [row.slug, row.name]);
}
