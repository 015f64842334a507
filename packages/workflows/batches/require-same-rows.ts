import { PipelinesError } from '@pipelines/contracts';
import type { Queries } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { TakenRow } from '../tasks/task-row.ts';

/** Whoever uses a key once more sends the same again: other rows would be lost without a word. @throws PipelinesError `already_exists` */
export async function requireSameRows(db: Queries, organizationId: string, batchId: string, rows: readonly TakenRow[]): Promise<void> {
  const records = rows.map(({ row, externalId, input }) => ({ row, external_id: externalId, input }));
  const others = await db.execute(sql`
    select 1 from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as sent ("row" integer, external_id text, input jsonb)
    full join (
      select t."row", t.external_id, t.input from tasks t where t.organization_id = ${organizationId} and t.batch_id = ${batchId}
    ) made on made."row" = sent."row"
    where made.input is distinct from sent.input or made.external_id is distinct from sent.external_id
    limit 1`);
  if (others.rows.length > 0) throw keyUsedOtherwise('It has made a batch of other rows.');
}

/** @param what it has made, in a sentence */
export function keyUsedOtherwise(what: string): PipelinesError {
  return new PipelinesError('already_exists', {
    detail: `This Idempotency-Key has been used before. ${what}`,
    fix: 'Use another key, or send exactly what was sent with this one.',
  });
}
