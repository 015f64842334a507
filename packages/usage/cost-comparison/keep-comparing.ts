import { type Log, toSafeError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { compareCosts } from './compare-costs.ts';

const lookEveryMs = 5 * 60_000;
/** The last calls of a day may still be on their way into the database. */
const settleMs = 30 * 60_000;

/** Compares each day's costs in the night after it. Returns how to stop. */
export function keepComparingCosts(database: Database, log: Log): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const timer = setInterval(() => {
    running = running
      .then(() => !stopped && compareCosts(database, log, new Date(Date.now() - settleMs)))
      .catch((error: unknown) => log({ event: 'task_failed', task: 'compare_costs', error: toSafeError(error) }));
  }, lookEveryMs);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
