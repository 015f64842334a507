import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import type { WorkflowRow } from '../workflows/workflow-rows.ts';

const { batches } = schema;

/** The batch that a caller's `Idempotency-Key` has made before; null where there is none. */
export async function batchOfKey(
  db: Queries | Transaction,
  workflow: Pick<WorkflowRow, 'organizationId' | 'id'>,
  idempotencyKey: string | null,
): Promise<{ readonly id: string; readonly version: number } | null> {
  if (idempotencyKey === null) return null;
  const [row] = await db
    .select({ id: batches.id, version: batches.version })
    .from(batches)
    .where(
      and(
        eq(batches.organizationId, workflow.organizationId),
        eq(batches.workflowId, workflow.id),
        eq(batches.idempotencyKey, idempotencyKey),
      ),
    );
  return row ?? null;
}
