import type { Log } from '@pipelines/contracts';
import { type Database, repeatTask } from '@pipelines/database';
import { compareCosts } from './compare-costs.ts';

const lookEveryMs = 5 * 60_000;
/** The last calls of a day may still be on their way into the database. */
const settleMs = 30 * 60_000;

/** Compares each day's costs in the night after it. Returns how to stop. */
export function keepComparingCosts(database: Database, log: Log): () => Promise<void> {
  const work = () => compareCosts(database, log, new Date(Date.now() - settleMs));
  return repeatTask({ task: 'compare_costs', everyMs: lookEveryMs, log, work });
}
