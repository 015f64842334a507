import { PipelinesError } from '@pipelines/contracts';
import type { Transaction } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

/**
 * Keeps everybody else from putting tasks of a batch back, canceling or closing it until the transaction ends. Taken
 * before any of its tasks is locked, here and everywhere: who goes the other way round may wait for somebody who waits too.
 */
export function lockBatch(tx: Transaction, organizationId: string, batchId: string): Promise<void> {
  return lockBatches(tx, sql`b.organization_id = ${organizationId} and b.id = ${batchId}`);
}

/** The same for several, in one order. @param which a condition on `batches b` */
export async function lockBatches(tx: Transaction, which: SQL): Promise<void> {
  await tx.execute(sql`select 1 from batches b where ${which} order by b.id for no key update`);
}

/**
 * The same for the batch of a task, if it has one. Nothing of a canceled batch runs again.
 * @throws PipelinesError `conflict` when the batch has been canceled
 */
export async function lockRunnableBatch(tx: Transaction, organizationId: string, taskId: string | SQL): Promise<void> {
  const { rows } = await tx.execute<{ state: string }>(
    sql`select b.state from batches b join tasks t on t.organization_id = b.organization_id and t.batch_id = b.id
      where t.organization_id = ${organizationId} and t.id = ${taskId} for no key update of b`,
  );
  if (rows[0]?.state === 'canceled') throw batchCanceled();
}

export function batchCanceled(): PipelinesError {
  return new PipelinesError('conflict', { detail: 'The batch of this task has been canceled.', fix: 'Send the row again as a new task.' });
}
