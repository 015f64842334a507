import type { CheckOutcome } from '@pipelines/contracts';
import type { Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { storable } from '../lanes/step-run-row.ts';

/** What one check says of one row of one candidate. */
export interface CheckResultEntry {
  readonly candidate: number;
  readonly row: number;
  readonly checkName: string;
  readonly outcome: CheckOutcome;
  readonly score: number | null;
  readonly detail: string;
}

/** Each is written once: a result that is there stays as it is. */
export async function writeCheckResults(
  tx: Transaction,
  organizationId: string,
  evaluationId: string,
  entries: readonly CheckResultEntry[],
): Promise<void> {
  const records = entries.map(({ checkName, ...entry }) => ({ ...entry, check_name: checkName }));
  await tx.execute(sql`
    insert into check_results (organization_id, evaluation_id, candidate, "row", check_name, outcome, score, detail)
    select ${organizationId}::uuid, ${evaluationId}::uuid, r.candidate, r."row", r.check_name, r.outcome, r.score, r.detail
    from jsonb_to_recordset(${JSON.stringify(storable(records))}::jsonb)
      as r (candidate integer, "row" integer, check_name text, outcome text, score integer, detail text)
    on conflict do nothing`);
}
