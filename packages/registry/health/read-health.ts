import { judgeHealth, type ModelHealth, noRecentCalls } from '@pipelines/contracts';
import type { Queries } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { sumJudged } from './sum-judged.ts';

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
  const judged = await readJudged(db, organizationId, subject, keys);
  return (key) => judged.get(key) ?? noRecentCalls;
}

async function readJudged(
  db: Queries,
  organizationId: string,
  subject: 'model' | 'credential',
  keys: readonly string[],
): Promise<ReadonlyMap<string, ModelHealth>> {
  const which = sql`subject = ${subject} and key = any(${sql.param([...keys])}::text[])`;
  const { rows } = await db.execute<JudgedRow>(sumJudged(organizationId, which));
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
