import { judgeHealth, type ModelHealthReport, type ModelHealthSlice, percentileOf } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, eq, sql } from 'drizzle-orm';
import { dayBegan, hourMs } from './windows.ts';

const { callSums } = schema;
type Quarter = typeof callSums.$inferSelect;

/** The last day of a model in quarters of an hour, and the window that its word is judged over in sum. */
export async function readHealthReport(db: Queries, organizationId: string, slug: string): Promise<ModelHealthReport> {
  const quarters = await db
    .select()
    .from(callSums)
    .where(
      and(
        eq(callSums.organizationId, organizationId),
        eq(callSums.grain, 'quarter'),
        eq(callSums.subject, 'model'),
        eq(callSums.key, slug),
        sql`${callSums.startsAt} > ${dayBegan}`,
      ),
    )
    .orderBy(asc(callSums.startsAt));
  const hourBeganMs = Date.now() - hourMs;
  const ofHour = quarters.filter((quarter) => quarter.startsAt.getTime() > hourBeganMs);
  const health = judgeHealth(countJudged(ofHour), countJudged(quarters));
  return { ...health, ...paceOf(health.window_minutes === 60 ? ofHour : quarters), slices: quarters.map(toSlice) };
}

function countJudged(quarters: readonly Quarter[]) {
  return { calls: sumOf(quarters, 'judgedCalls'), failed: sumOf(quarters, 'judgedFailedCalls') };
}

function toSlice(quarter: Quarter): ModelHealthSlice {
  return {
    starts_at: quarter.startsAt.toISOString(),
    calls: quarter.judgedCalls,
    failed_calls: quarter.judgedFailedCalls,
    ...paceOf([quarter]),
  };
}

function paceOf(quarters: readonly Quarter[]) {
  const latencies = addBuckets(quarters.map((quarter) => quarter.latencies));
  const firstBytes = addBuckets(quarters.map((quarter) => quarter.firstBytes));
  const generationMs = sumOf(quarters, 'generationMs');
  return {
    latency_p50_ms: percentileOf(latencies, 0.5),
    latency_p95_ms: percentileOf(latencies, 0.95),
    first_byte_p50_ms: percentileOf(firstBytes, 0.5),
    first_byte_p95_ms: percentileOf(firstBytes, 0.95),
    tokens_per_second: generationMs === 0 ? null : Number(((sumOf(quarters, 'generatedTokens') * 1_000) / generationMs).toPrecision(3)),
  };
}

function sumOf(quarters: readonly Quarter[], field: 'judgedCalls' | 'judgedFailedCalls' | 'generatedTokens' | 'generationMs'): number {
  return quarters.reduce((sum, quarter) => sum + quarter[field], 0);
}

function addBuckets(counted: readonly Record<string, number>[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const buckets of counted) {
    for (const [name, count] of Object.entries(buckets)) sums.set(Number(name), (sums.get(Number(name)) ?? 0) + count);
  }
  return sums;
}
