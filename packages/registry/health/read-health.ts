import { judgeHealth, type ModelHealth, noRecentCalls } from '@pipelines/contracts';
import type { Queries } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';
import { dayBegan, hourBegan } from './windows.ts';

/** The health of models, by slug, or of credentials, by ID. Those without calls are told as such. */
export type HealthOf = (key: string) => ModelHealth;

interface JudgedRow extends Record<string, unknown> {
  readonly key: string;
  readonly hour_calls: string;
  readonly hour_failed: string;
  readonly day_calls: string;
  readonly day_failed: string;
}

/** From the kept sums of the last day: what it costs does not grow with the log. */
export async function readHealth(
  db: Queries,
  organizationId: string,
  subject: 'model' | 'credential',
  keys: readonly string[],
): Promise<HealthOf> {
  if (keys.length === 0) return () => noRecentCalls;
  const judged = await readJudged(db, organizationId, subject, sql`and key = any(${sql.param([...keys])}::text[])`);
  return (key) => judged.get(key) ?? noRecentCalls;
}

/** Every model that was called in the last day, with its health. */
export function readCalledModels(db: Queries, organizationId: string): Promise<ReadonlyMap<string, ModelHealth>> {
  return readJudged(db, organizationId, 'model', sql``);
}

async function readJudged(
  db: Queries,
  organizationId: string,
  subject: 'model' | 'credential',
  which: SQL,
): Promise<ReadonlyMap<string, ModelHealth>> {
  const { rows } = await db.execute<JudgedRow>(sql`
    select key,
      coalesce(sum(judged_calls) filter (where starts_at > ${hourBegan}), 0) as hour_calls,
      coalesce(sum(judged_failed_calls) filter (where starts_at > ${hourBegan}), 0) as hour_failed,
      sum(judged_calls) as day_calls, sum(judged_failed_calls) as day_failed
    from call_sums
    where organization_id = ${organizationId} and grain = 'quarter' and subject = ${subject} and starts_at > ${dayBegan} ${which}
    group by key`);
  return new Map(
    rows.map((row): [string, ModelHealth] => [
      row.key,
      judgeHealth(
        { calls: Number(row.hour_calls), failed: Number(row.hour_failed) },
        { calls: Number(row.day_calls), failed: Number(row.day_failed) },
      ),
    ]),
  );
}
