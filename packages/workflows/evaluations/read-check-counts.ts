import type { Queries, Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { OutcomeCounts } from './read-outcomes.ts';

export interface CheckCounts extends OutcomeCounts, Record<string, unknown> {
  readonly candidate: number;
  readonly check_name: string;
  /** Of a judge's points, where it gave any. */
  readonly mean_score: number | null;
}

/** What each check says over all rows, for each candidate. */
export async function readCheckCounts(db: Queries | Transaction, organizationId: string, id: string): Promise<CheckCounts[]> {
  const { rows } = await db.execute<CheckCounts>(sql`
    select candidate, check_name, count(*) filter (where outcome = 'pass')::integer as passed,
      count(*) filter (where outcome = 'fail')::integer as failed, count(*) filter (where outcome = 'unknown')::integer as unknown,
      round(avg(score), 2)::float8 as mean_score
    from check_results where organization_id = ${organizationId} and evaluation_id = ${id} group by 1, 2`);
  return rows;
}
