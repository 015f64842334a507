import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { lockBatches } from './lock-batch.ts';

/** Ends each running batch whose last task has ended. */
export async function closeBatches({ db }: Pick<Database, 'db'>): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(sql`select id from batches b where ${hasEnded}`);
  if (rows.length > 0)
    await closeEnded(
      db,
      rows.map((row) => row.id),
    );
}

const hasEnded = sql`b.state = 'running' and not exists (
  select 1 from tasks t where t.organization_id = b.organization_id and t.batch_id = b.id and t.state in ('pending', 'in_progress', 'paused'))`;

/** Looks again once nobody can put a task of theirs back: one that has been meanwhile would wait in a finished batch for ever. */
async function closeEnded(db: Database['db'], ids: readonly string[]): Promise<void> {
  const isOne = sql`b.id in (select x::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) x)`;
  await db.transaction(async (tx) => {
    await lockBatches(tx, isOne);
    await tx.execute(sql`update batches b set state = 'finished', finished_at = now() where ${isOne} and ${hasEnded}`);
  });
}
