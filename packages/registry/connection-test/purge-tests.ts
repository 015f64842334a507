import { type Log, toSafeError } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, isNotNull, lt, sql } from 'drizzle-orm';

const everyMs = 60_000;
const { connectionTests } = schema;

/** Takes the sealed secrets out of tests that nobody can save any more, and forgets tests of the day before. */
export async function purgeTests({ db }: Database): Promise<void> {
  await db
    .update(connectionTests)
    .set({ sealed: null })
    .where(and(lt(connectionTests.expiresAt, sql`now()`), isNotNull(connectionTests.sealed)));
  await db.delete(connectionTests).where(lt(connectionTests.expiresAt, sql`now() - interval '1 day'`));
}

/** Purges now and every minute. Returns how to stop. */
export function keepPurgingTests(database: Database, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const purge = () => {
    running = purgeTests(database).catch((error) =>
      log({ event: 'task_failed', task: 'purge_connection_tests', error: toSafeError(error) }),
    );
  };
  purge();
  const timer = setInterval(purge, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
