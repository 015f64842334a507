import { percentileOf, type Usage, type usageQuerySchema } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { readDays, readDearest, type SummedRow } from './call-sums/read-sums.ts';
import { selectSums } from './call-sums/select-sums.ts';

export type UsageQuery = z.infer<typeof usageQuerySchema>;
type UsageTotal = Usage['total'];
type GroupBy = UsageQuery['group_by'];

const { apiKeys, models, platformModels } = schema;

/**
 * Sums over an organization's log by day (UTC), model or API key, and over all of it. Costs are added exactly.
 * Calls without a slug (connection tests) or a key (the playground) stand under the empty key. A failed call counts
 * as free where its cost is unknown: providers charge for answers. Latencies are those of calls that succeeded.
 */
export async function sumUsage({ db }: Pick<Database, 'db'>, organizationId: string, query: UsageQuery): Promise<Usage> {
  const { group_by: groupBy, slug } = query;
  const days = await readDays(db, selectSums(organizationId, slug === undefined ? 'all' : 'model', query));
  const total = days.find(({ key }) => key === null);
  const groups =
    groupBy === 'day' ? days.filter(({ key }) => key !== null) : await readDearest(db, selectSums(organizationId, groupBy, query));
  const keys = groups.map((row) => row.key ?? '');
  const names = await readNames(db, organizationId, groupBy, keys);
  return {
    data: groups.map((row, index) => {
      const key = keys[index] ?? '';
      return { key, name: names.get(key) ?? null, ...toSums(row) };
    }),
    left_out: Math.max(0, Number(groups[0]?.groups ?? 0) - groups.length),
    total: total === undefined ? nothing : toSums(total),
  };
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
