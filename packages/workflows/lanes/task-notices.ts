import type { Database } from '@pipelines/database';
import { type SQL, sql } from 'drizzle-orm';

export const taskChannel = 'pipelines_tasks';

/** What one worker tells all: there is something to claim, or tasks are not to be driven any more. */
export type TaskNotice = { readonly kind: 'wake' } | { readonly kind: 'cancel_task' | 'cancel_batch'; readonly id: string };

/** Part of the transaction that makes the change: delivered when it commits. */
export function tell(notice: TaskNotice): SQL {
  return sql`select pg_notify(${taskChannel}, ${JSON.stringify(notice)})`;
}

/** The tasks among these that this lane family still drives. */
export async function stillDriven({ pool }: Pick<Database, 'pool'>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from tasks where lane is not null and state = 'in_progress' and id = any($1::uuid[])`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}
