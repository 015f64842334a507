import { PipelinesError } from '@pipelines/contracts';
import type { Database, Transaction } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';
import { tellWatchers } from '../live/live-notices.ts';
import { lockBatch } from './lock-batch.ts';
import { tell } from './task-notices.ts';

type CancelDoors = Pick<Database, 'db'>;

/** Ends a task that has not ended. The worker that drives it cancels its call. @throws PipelinesError `conflict`, `not_found` */
export async function cancelTask({ db }: CancelDoors, organizationId: string, taskId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const count = await cancelWhere(tx, organizationId, sql`id = ${taskId}`);
    if (count === 0) {
      const { rows } = await tx.execute(sql`select 1 from tasks where organization_id = ${organizationId} and id = ${taskId}`);
      throw rows.length === 0 ? new PipelinesError('not_found') : new PipelinesError('conflict', { detail: 'The task has ended already.' });
    }
    await tx.execute(tell({ kind: 'cancel_task', id: taskId }));
    await tx.execute(tellWatchers(taskId));
  });
}

/** Ends every task of a batch that has not ended, and the batch. */
export async function cancelBatch({ db }: CancelDoors, organizationId: string, batchId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockBatch(tx, organizationId, batchId);
    await cancelWhere(tx, organizationId, sql`batch_id = ${batchId}`);
    await tx.execute(sql`update batches set state = 'canceled', finished_at = coalesce(finished_at, now())
      where organization_id = ${organizationId} and id = ${batchId} and state in ('running', 'paused')`);
    await tx.execute(tell({ kind: 'cancel_batch', id: batchId }));
    await tx.execute(tellWatchers(batchId));
  });
}

const canceledStep = JSON.stringify({ code: 'client_closed_request', message: 'The task was canceled.', step: null, slug: null });

async function cancelWhere(tx: Transaction, organizationId: string, which: SQL): Promise<number> {
  // Locked in one order, as the lanes lock them too.
  const open = await tx.execute<{ id: string }>(
    sql`select id from tasks where organization_id = ${organizationId} and ${which} and state in ('pending', 'in_progress', 'paused')
      order by id for no key update`,
  );
  if (open.rows.length === 0) return 0;
  const ids = sql`(select x::uuid from jsonb_array_elements_text(${JSON.stringify(open.rows.map((row) => row.id))}::jsonb) x)`;
  await tx.execute(sql`update tasks set state = 'canceled', lane = null, finished_at = now()
    where organization_id = ${organizationId} and id in ${ids}`);
  await tx.execute(sql`update step_runs set state = 'failed', finished_at = now(), error = jsonb_set(${canceledStep}::jsonb, '{step}', to_jsonb(step))
    where organization_id = ${organizationId} and task_id in ${ids} and state in ('running', 'waiting')`);
  return open.rows.length;
}
