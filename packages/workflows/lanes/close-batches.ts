import type { Database } from '@pipelines/database';

/** Ends each running batch whose last task has ended. */
export async function closeBatches({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(
    `update batches b set state = 'finished', finished_at = now()
     where b.state = 'running' and not exists (
       select 1 from tasks t where t.organization_id = b.organization_id and t.batch_id = b.id
         and t.state in ('pending', 'in_progress', 'paused'))`,
  );
}
