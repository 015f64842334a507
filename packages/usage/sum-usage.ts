import type { Usage, usageQuerySchema } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';

export type UsageQuery = z.infer<typeof usageQuerySchema>;
type UsageTotal = Usage['total'];

const { attempts, apiKeys, models, platformModels } = schema;

const keys: Record<UsageQuery['group_by'], SQL<string>> = {
  day: sql`to_char(${attempts.startedAt} at time zone 'UTC', 'YYYY-MM-DD')`,
  model: sql`coalesce(${attempts.slug}, '')`,
  api_key: sql`coalesce(${attempts.apiKeyId}::text, '')`,
};

/**
 * Sums over an organization's log by day (UTC), model or API key, and over all of it. Costs are added exactly.
 * Calls without a slug (connection tests) or a key (the playground) stand under the empty key. A failed call counts
 * as free where its cost is unknown: providers charge for answers. Latencies are those of calls that succeeded.
 */
export async function sumUsage({ db }: Pick<Database, 'db'>, organizationId: string, query: UsageQuery): Promise<Usage> {
  const calls = db.$with('calls').as(
    db
      .select({
        key: keys[query.group_by].as('key'),
        status: attempts.status,
        promptTokens: attempts.promptTokens,
        completionTokens: attempts.completionTokens,
        cost: attempts.cost,
        latencyMs: sql<number | null>`case when ${attempts.status} = 'succeeded' then ${attempts.latencyMs} end`.as('succeeded_latency_ms'),
      })
      .from(attempts)
      .where(
        and(
          eq(attempts.organizationId, organizationId),
          query.slug === undefined ? undefined : eq(attempts.slug, query.slug),
          query.from === undefined ? undefined : gte(attempts.startedAt, new Date(query.from)),
          query.to === undefined ? undefined : lt(attempts.startedAt, new Date(query.to)),
        ),
      ),
  );
  const rows = await db
    .with(calls)
    .select({
      key: calls.key,
      isTotal: sql<number>`grouping(${calls.key})`,
      calls: sql<string>`count(*)`,
      failedCalls: sql<string>`count(*) filter (where ${calls.status} in ('failed', 'incomplete'))`,
      promptTokens: sql<string>`coalesce(sum(${calls.promptTokens}), 0)`,
      completionTokens: sql<string>`coalesce(sum(${calls.completionTokens}), 0)`,
      cost: sql<string>`trim_scale(coalesce(sum(${calls.cost}), 0))`,
      unknownCostCalls: sql<string>`count(*) filter (where ${calls.cost} is null and ${calls.status} <> 'failed')`,
      latencyP50Ms: sql<number | null>`percentile_disc(0.5) within group (order by ${calls.latencyMs})`,
      latencyP95Ms: sql<number | null>`percentile_disc(0.95) within group (order by ${calls.latencyMs})`,
    })
    .from(calls)
    .groupBy(sql`grouping sets ((${calls.key}), ())`)
    .orderBy(calls.key);
  const sums = rows.filter((row) => row.isTotal === 0);
  const names = await readNames(
    db,
    organizationId,
    query.group_by,
    sums.map((row) => row.key),
  );
  const groups = sums.map((row) => ({ key: row.key, name: names.get(row.key) ?? null, ...toSums(row) }));
  const total = rows.find((row) => row.isTotal === 1);
  return { data: groups, total: total === undefined ? nothing : toSums(total) };
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

interface SummedRow {
  readonly calls: string;
  readonly failedCalls: string;
  readonly promptTokens: string;
  readonly completionTokens: string;
  readonly cost: string;
  readonly unknownCostCalls: string;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
}

function toSums(row: SummedRow): UsageTotal {
  return {
    calls: Number(row.calls),
    failed_calls: Number(row.failedCalls),
    prompt_tokens: Number(row.promptTokens),
    completion_tokens: Number(row.completionTokens),
    cost: row.cost,
    unknown_cost_calls: Number(row.unknownCostCalls),
    latency_p50_ms: row.latencyP50Ms,
    latency_p95_ms: row.latencyP95Ms,
  };
}

/** What people call the keys of the groups; days have no other name. */
async function readNames(db: Database['db'], organizationId: string, groupBy: UsageQuery['group_by'], groups: readonly string[]) {
  if (groupBy === 'day' || groups.length === 0) return new Map<string, string>();
  return new Map(groupBy === 'api_key' ? await readApiKeyNames(db, organizationId) : await readModelNames(db, organizationId, groups));
}

async function readApiKeyNames(db: Database['db'], organizationId: string): Promise<[string, string][]> {
  const rows = await db.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.organizationId, organizationId));
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
