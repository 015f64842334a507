import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { StepRun } from '../path/step-run.ts';
import { TaskReleased } from '../task-memo.ts';
import type { ClaimedTask } from './claimed-task.ts';
import { fromRow, type StepRunRow } from './step-run-row.ts';

/**
 * Lets go of a task that waits for people: it costs nothing until somebody answers. Answers the runs that
 * were answered meanwhile; then the lane keeps it.
 */
export async function parkTask(
  { db }: Pick<Database, 'db'>,
  lane: string,
  { organization_id, id }: ClaimedTask,
  waiting: readonly StepRun[],
): Promise<StepRun[]> {
  return db.transaction(async (tx) => {
    const task = await tx.execute(
      sql`select 1 from tasks where organization_id = ${organization_id} and id = ${id} and lane = ${lane} and state = 'in_progress' for no key update`,
    );
    if (task.rows.length === 0) throw new TaskReleased();
    const ids = sql.join(
      waiting.map((run) => sql`${run.id}::uuid`),
      sql`, `,
    );
    const answered = await tx.execute<StepRunRow>(
      sql`select * from step_runs where organization_id = ${organization_id} and id in (${ids}) and state <> 'waiting'`,
    );
    if (answered.rows.length > 0) return answered.rows.map(fromRow);
    await tx.execute(sql`update tasks set lane = null where organization_id = ${organization_id} and id = ${id}`);
    return [];
  });
}
