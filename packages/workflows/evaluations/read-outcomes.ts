import type { Queries, Transaction } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

type Db = Queries | Transaction;

/**
 * The rows of an evaluation by what became of all checks together, as `(candidate, row, outcome)`: `fail` where one
 * check failed, else `open` while some are missing, else `unknown` where one is, else `pass`.
 *
 * @param rows a condition on `"row"`, where not all are wanted
 */
export function rowOutcomes(organizationId: string, evaluationId: string, checks: number, rows: SQL = sql`true`): SQL {
  return sql`select candidate, "row", case
      when bool_or(outcome = 'fail') then 'fail' when count(*) < ${checks} then 'open'
      when bool_or(outcome = 'unknown') then 'unknown' else 'pass' end as outcome
    from check_results where organization_id = ${organizationId} and evaluation_id = ${evaluationId} and ${rows} group by candidate, "row"`;
}

export interface OutcomeCounts {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
}

/** Rows by outcome, of each candidate. */
export async function countRowOutcomes(
  db: Db,
  organizationId: string,
  id: string,
  checks: number,
): Promise<ReadonlyMap<number, OutcomeCounts>> {
  const { rows } = await db.execute<OutcomeCounts & { candidate: number } & Record<string, unknown>>(sql`
    select candidate, count(*) filter (where outcome = 'pass')::integer as passed, count(*) filter (where outcome = 'fail')::integer as failed,
      count(*) filter (where outcome = 'unknown')::integer as unknown
    from (${rowOutcomes(organizationId, id, checks)}) as outcomes group by candidate`);
  return new Map(rows.map(({ candidate, passed, failed, unknown }) => [candidate, { passed, failed, unknown }]));
}

/** Rows passed among those passed or failed; candidates without such rows are missing. */
export async function readPassRates(db: Db, organizationId: string, id: string, checks: number): Promise<ReadonlyMap<number, number>> {
  const counts = await countRowOutcomes(db, organizationId, id, checks);
  return new Map(
    [...counts].flatMap(([candidate, { passed, failed }]) =>
      passed + failed === 0 ? [] : [[candidate, passed / (passed + failed)] as const],
    ),
  );
}

export interface PairCounts {
  readonly candidate: number;
  readonly baseline: number;
  readonly won: number;
  readonly lost: number;
  readonly tied: number;
}

/** Each pair of candidates on the rows that both have passed or failed. */
export async function comparePairs(db: Db, organizationId: string, id: string, checks: number): Promise<PairCounts[]> {
  const { rows } = await db.execute<PairCounts & Record<string, unknown>>(sql`
    with outcomes as (${rowOutcomes(organizationId, id, checks)}), decided as (select * from outcomes where outcome in ('pass', 'fail'))
    select one.candidate, other.candidate as baseline,
      count(*) filter (where one.outcome = 'pass' and other.outcome = 'fail')::integer as won,
      count(*) filter (where one.outcome = 'fail' and other.outcome = 'pass')::integer as lost,
      count(*) filter (where one.outcome = other.outcome)::integer as tied
    from decided one join decided other on other."row" = one."row" and other.candidate < one.candidate
    group by 1, 2 order by 2, 1`);
  return rows;
}
