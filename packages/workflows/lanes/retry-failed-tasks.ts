import type { Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { lockBatches } from './lock-batch.ts';
import { tell } from './task-notices.ts';

/** Puts the failed tasks of these batches back on their own version; what has finished is not done again. Answers how many. */
export async function retryFailedTasks(tx: Transaction, organizationId: string, batchIds: readonly string[]): Promise<number> {
  const ids = sql`(select x::uuid from jsonb_array_elements_text(${JSON.stringify(batchIds)}::jsonb) x)`;
  await lockBatches(tx, sql`b.organization_id = ${organizationId} and b.id in ${ids}`);
  const retried = await tx.execute<{ batch_id: string }>(
    sql`update tasks set state = 'pending', error = null, finished_at = null
      where organization_id = ${organizationId} and batch_id in ${ids} and state = 'failed' returning batch_id`,
  );
  const touched = [...new Set(retried.rows.map((row) => row.batch_id))];
  await tx.execute(
    sql`update batches set state = 'running', finished_at = null where organization_id = ${organizationId} and state = 'finished'
      and id in (select x::uuid from jsonb_array_elements_text(${JSON.stringify(touched)}::jsonb) x)`,
  );
  await tx.execute(tell({ kind: 'wake' }));
  return retried.rows.length;
}
