import { PipelinesError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { tellWatchers } from '../live/live-notices.ts';
import { lockRunnableBatch } from './lock-batch.ts';
import { tell } from './task-notices.ts';

/**
 * Puts a failed task back, on the version that is published now: what was repointed meanwhile counts, and
 * what has finished is not done again. @throws PipelinesError `not_found`, `conflict`
 */
export async function retryTask({ db }: Pick<Database, 'db'>, organizationId: string, taskId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockRunnableBatch(tx, organizationId, taskId);
    const retried = await tx.execute<{ batch_id: string | null }>(
      sql`update tasks t set state = 'pending', error = null, finished_at = null, version = coalesce(w.published_version, t.version)
        from workflows w
        where t.organization_id = ${organizationId} and t.id = ${taskId} and t.state = 'failed'
          and w.organization_id = t.organization_id and w.id = t.workflow_id
        returning t.batch_id`,
    );
    const [task] = retried.rows;
    if (task === undefined) {
      const { rows } = await tx.execute(sql`select 1 from tasks where organization_id = ${organizationId} and id = ${taskId}`);
      throw rows.length === 0
        ? new PipelinesError('not_found')
        : new PipelinesError('conflict', { detail: 'Only a failed task can be retried.' });
    }
    await tx.execute(
      sql`update batches set state = 'running', finished_at = null
        where organization_id = ${organizationId} and id = ${task.batch_id} and state = 'finished'`,
    );
    await tx.execute(tellWatchers(taskId));
    await tx.execute(tell({ kind: 'wake' }));
  });
}
