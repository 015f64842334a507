import { type Batch, type HeldBackBy, PipelinesError, taskStateSchema } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { readHeldBack } from '../limits/held-back.ts';
import { requireRowId } from '../require-row-id.ts';
import { type BatchSums, sumBatches } from './batch-sums.ts';

const { batches } = schema;
export type BatchRow = typeof batches.$inferSelect;

/** @throws PipelinesError `not_found`, for another organization's too */
export async function findBatch(db: Queries | Transaction, organizationId: string, id: string): Promise<BatchRow> {
  const [row] = await db
    .select()
    .from(batches)
    .where(and(eq(batches.organizationId, organizationId), eq(batches.id, requireRowId(id))));
  if (!row) throw new PipelinesError('not_found', { detail: 'There is no such batch.' });
  return row;
}

/** A batch with its counts and costs of this moment. @throws PipelinesError `not_found` */
export async function readBatch(db: Queries | Transaction, organizationId: string, id: string): Promise<Batch> {
  const row = await findBatch(db, organizationId, id);
  const sums = await sumBatches(db, organizationId, [row.id]);
  const heldBack = await readHeldBack(db, organizationId, [row.id]);
  return presentBatch(row, sums(row.id), heldBack(row.id));
}

/** A batch is finished when its last task has ended, whoever ended it. */
export function presentBatch(row: BatchRow, sums: BatchSums, heldBackBy: HeldBackBy[]): Batch {
  const allEnded = sums.ended === row.total;
  const state = row.state === 'canceled' ? row.state : allEnded ? 'finished' : row.state === 'finished' ? 'running' : row.state;
  const left = (sums.counts.pending ?? 0) + (sums.counts.in_progress ?? 0) - sums.waiting;
  const rate = state === 'running' ? sums.ratePerMinute : null;
  return {
    id: row.id,
    workflow_id: row.workflowId,
    version: row.version,
    name: row.name,
    state,
    counts: Object.fromEntries(taskStateSchema.options.map((each) => [each, sums.counts[each] ?? 0])) as Batch['counts'],
    total: row.total,
    rate_per_minute: rate,
    eta_seconds: rate === null ? null : Math.ceil((left / rate) * 60),
    held_back_by: heldBackBy,
    cost: sums.cost,
    unknown_cost_calls: sums.unknownCostCalls,
    projected_cost: sums.projectedCost,
    created_at: row.createdAt.toISOString(),
    finished_at: state === 'finished' || state === 'canceled' ? (row.finishedAt?.toISOString() ?? sums.lastFinishedAt) : null,
  };
}
