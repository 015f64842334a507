import { PipelinesError, type TaskState } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { tellWatchers } from '../live/live-notices.ts';
import { tell } from './task-notices.ts';

export interface ReviewAnswer {
  readonly verdict: 'pass' | 'fail';
  readonly comment: string | null;
  readonly memberId: string | null;
}

/** Answers a waiting review, and puts its task back among those to be driven. @throws PipelinesError `not_found`, `conflict` */
export async function submitReview(
  { db }: Pick<Database, 'db'>,
  organizationId: string,
  stepRunId: string,
  review: ReviewAnswer,
): Promise<void> {
  const output = JSON.stringify({ verdict: review.verdict, comment: review.comment, reviewed_by: review.memberId });
  await db.transaction(async (tx) => {
    const task = await tx.execute<{ id: string; state: TaskState }>(
      sql`select t.id, t.state from tasks t join step_runs r on r.organization_id = t.organization_id and r.task_id = t.id
        where r.organization_id = ${organizationId} and r.id = ${stepRunId} for no key update of t`,
    );
    const [found] = task.rows;
    if (found === undefined) throw new PipelinesError('not_found');
    // Another branch of it has ended the whole: nobody would ever read the answer.
    if (['finished', 'escalated', 'quarantined', 'canceled'].includes(found.state)) {
      throw new PipelinesError('conflict', { detail: `The task is ${found.state} already.`, fix: 'Reload it to see where it stands.' });
    }
    const answered = await tx.execute(
      sql`update step_runs set state = 'finished', port = ${review.verdict}, output = ${output}::jsonb, finished_at = now()
        where organization_id = ${organizationId} and id = ${stepRunId} and state = 'waiting' returning 1`,
    );
    if (answered.rows.length === 0) throw new PipelinesError('conflict', { detail: 'This review does not wait for an answer.' });
    // A lane that still drives other branches of it looks for itself before it lets go.
    await tx.execute(
      sql`update tasks set state = 'pending' where organization_id = ${organizationId} and id = ${found.id} and state = 'in_progress' and lane is null`,
    );
    await tx.execute(tellWatchers(found.id));
    await tx.execute(tell({ kind: 'wake' }));
  });
}
