import { type Batch, PipelinesError, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, asc, eq } from 'drizzle-orm';
import { refuseEvaluated } from '../evaluations/refuse-evaluated.ts';
import { lockBatch } from '../lanes/lock-batch.ts';
import { tellWatchers } from '../live/live-notices.ts';
import { requireRowId } from '../require-row-id.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { type BatchRow, readBatch } from './batch-view.ts';

const { batches, tasks } = schema;
const retriesAtOnce = 8;

/** Begins no further step of the batch; calls that are out come home. @throws PipelinesError `conflict`, `not_found` */
export async function pauseBatch(context: WorkflowsContext, principal: Principal, id: string): Promise<Batch> {
  await changeBatch(context, principal, id, { action: 'batch.paused', from: ['running', 'paused'], to: 'paused' });
  context.engine.wake();
  return readBatch(context.database.db, principal.organizationId, id);
}

/** Goes on with a paused batch. @throws PipelinesError `conflict`, `not_found` */
export async function resumeBatch(context: WorkflowsContext, principal: Principal, id: string): Promise<Batch> {
  await changeBatch(context, principal, id, { action: 'batch.resumed', from: ['paused', 'running'], to: 'running' });
  context.engine.wake();
  return readBatch(context.database.db, principal.organizationId, id);
}

/** Ends every task of it that has not ended. @throws PipelinesError `conflict`, `not_found` */
export async function cancelBatch(context: WorkflowsContext, principal: Principal, id: string): Promise<Batch> {
  await changeBatch(context, principal, id, { action: 'batch.canceled', from: ['running', 'paused', 'canceled'], to: 'canceled' });
  await context.engine.cancelBatch(principal.organizationId, id);
  return readBatch(context.database.db, principal.organizationId, id);
}

/** Goes on with every failed task, each from the step that failed. @throws PipelinesError `conflict` when none has failed, `not_found` */
export async function retryBatch(context: WorkflowsContext, principal: Principal, id: string): Promise<Batch> {
  const { organizationId } = principal;
  const { db } = context.database;
  const { workflow_id: workflowId } = await readBatch(db, organizationId, id);
  await refuseEvaluated(context, { organizationId, workflowId });
  const failed = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.organizationId, organizationId), eq(tasks.batchId, id), eq(tasks.state, 'failed')))
    .orderBy(asc(tasks.row));
  if (failed.length === 0)
    throw new PipelinesError('conflict', { detail: 'No task of this batch has failed.', fix: 'There is nothing to retry.' });
  await changeBatch(context, principal, id, { action: 'batch.retried', from: ['running', 'paused', 'finished'], to: 'running' });
  for (let start = 0; start < failed.length; start += retriesAtOnce) {
    await Promise.all(
      failed.slice(start, start + retriesAtOnce).map((task) => context.engine.retryTask(organizationId, task.id).catch(ignoreConflict)),
    );
  }
  return readBatch(db, organizationId, id);
}

/** Somebody else has retried it meanwhile. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof PipelinesError && error.code === 'conflict')) throw error;
}

interface BatchChange {
  readonly action: string;
  readonly from: readonly Batch['state'][];
  readonly to: BatchRow['state'];
}

async function changeBatch(context: WorkflowsContext, principal: Principal, id: string, { action, from, to }: BatchChange): Promise<void> {
  const { organizationId } = principal;
  await context.database.db.transaction(async (tx) => {
    await lockBatch(tx, organizationId, requireRowId(id));
    const { state } = await readBatch(tx, organizationId, id);
    if (!from.includes(state))
      throw new PipelinesError('conflict', { detail: `The batch is ${state}.`, fix: 'Nothing is left to change.' });
    if (state === to) return;
    await tx
      .update(batches)
      .set({ state: to, finishedAt: to === 'canceled' ? new Date() : null })
      .where(and(eq(batches.organizationId, organizationId), eq(batches.id, id)));
    await recordAudit(tx, principal, action, { type: 'batch', id }, ['state']);
    await tx.execute(tellWatchers(id));
  });
}
