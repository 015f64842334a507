import type { Log } from '@pipelines/contracts';
import { type Database, repeatTask } from '@pipelines/database';
import { sql } from 'drizzle-orm';

const everyMs = 60 * 60_000;

/** Quarters are read for a day; days are kept for good. */
export async function dropOldQuarters({ db }: Pick<Database, 'db'>): Promise<void> {
  await db.execute(sql`delete from call_sums where grain = 'quarter' and starts_at < now() - interval '2 days'`);
}

/** Now and every hour. Returns how to stop. */
export function keepDroppingQuarters(database: Database, log: Log): () => Promise<void> {
  return repeatTask({ task: 'drop_old_quarters', everyMs, firstAfterMs: 0, log, work: () => dropOldQuarters(database) });
}
