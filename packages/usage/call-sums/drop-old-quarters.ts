import { type Log, toSafeError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';

const everyMs = 60 * 60_000;

/** Quarters are read for a day; days are kept for good. */
export async function dropOldQuarters({ db }: Pick<Database, 'db'>): Promise<void> {
  await db.execute(sql`delete from call_sums where grain = 'quarter' and starts_at < now() - interval '2 days'`);
}

/** Now and every hour. Returns how to stop. */
export function keepDroppingQuarters(database: Database, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const drop = () => {
    running = dropOldQuarters(database).catch((error) =>
      log({ event: 'task_failed', task: 'drop_old_quarters', error: toSafeError(error) }),
    );
  };
  drop();
  const timer = setInterval(drop, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
