import { type Check, PipelinesError } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';

const { evaluations } = schema;
export type EvaluationRecord = Omit<typeof evaluations.$inferSelect, 'checks'> & { readonly checks: readonly Check[] };

export function isEvaluation(organizationId: string, id: string) {
  return and(eq(evaluations.organizationId, organizationId), eq(evaluations.id, id));
}

/** @throws PipelinesError `not_found`, for another organization's too */
export async function findEvaluation(db: Queries | Transaction, organizationId: string, id: string): Promise<EvaluationRecord> {
  const [row] = await db
    .select()
    .from(evaluations)
    .where(isEvaluation(organizationId, requireRowId(id)));
  return asRecord(row);
}

/** Until the transaction ends nobody else goes on with it. @throws PipelinesError `not_found` */
export async function lockEvaluation(tx: Transaction, organizationId: string, id: string): Promise<EvaluationRecord> {
  const [row] = await tx
    .select()
    .from(evaluations)
    .where(isEvaluation(organizationId, requireRowId(id)))
    .for('no key update');
  return asRecord(row);
}

function asRecord(row: typeof evaluations.$inferSelect | undefined): EvaluationRecord {
  if (!row)
    throw new PipelinesError('not_found', {
      detail: 'There is no such evaluation.',
      fix: 'See GET /api/evaluations for those that there are.',
    });
  return { ...row, checks: row.checks as Check[] };
}
