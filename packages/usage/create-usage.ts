import {
  type AttemptDetail,
  type CacheSavings,
  type CallMeter,
  type costComparisonPageSchema,
  type costComparisonQuerySchema,
  type Log,
  toSafeError,
  type Usage as UsageSums,
} from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { keepDroppingQuarters } from './call-sums/drop-old-quarters.ts';
import { keepComparingCosts } from './cost-comparison/keep-comparing.ts';
import { listComparisons } from './cost-comparison/list-comparisons.ts';
import { freeGrants } from './free-grants.ts';
import { getAttempt } from './get-attempt.ts';
import { type Journal, openJournal } from './journal/open-journal.ts';
import { keepShipping, type Shipping } from './keep-shipping.ts';
import { type AttemptListQuery, type AttemptPage, listAttempts } from './list-attempts.ts';
import { createCallMeter } from './meter-calls.ts';
import { setAsideRows } from './set-aside-rows.ts';
import { shipAttempts } from './ship-attempts.ts';
import { type SavingsQuery, sumSavings } from './sum-savings.ts';
import { sumUsage, type UsageQuery } from './sum-usage.ts';

export type CostComparisonQuery = z.output<typeof costComparisonQuerySchema>;
export type CostComparisonPage = z.infer<typeof costComparisonPageSchema>;

export interface UsageOptions {
  readonly database: Database;
  /** Made when missing. Several processes may share it: each writes a folder of its own. */
  readonly journalDir: string;
  readonly log: Log;
  /** The size of a journal file. Default 4 MiB. */
  readonly segmentBytes?: number;
}

/** The log of calls: taken down in a journal on this machine's disk, shipped to PostgreSQL, each exactly once. */
export interface Usage extends CallMeter {
  /** Tells this process from all others that write into the log. */
  readonly processId: string;
  /** Opens the journal and begins to ship, what dead processes have left behind included. Before it, `begin` throws. */
  start(): Promise<void>;
  /** The log of an organization, newest first. */
  listAttempts(organizationId: string, query: AttemptListQuery): Promise<AttemptPage>;
  /** @throws PipelinesError `not_found`, for another organization's too */
  getAttempt(organizationId: string, id: string): Promise<AttemptDetail>;
  sumUsage(organizationId: string, query: UsageQuery): Promise<UsageSums>;
  sumSavings(organizationId: string, query: SavingsQuery): Promise<CacheSavings>;
  /** Our costs beside those that the providers told, newest day first. */
  listCostComparisons(organizationId: string, query: CostComparisonQuery): Promise<CostComparisonPage>;
  /** Resolves once every call that has ended is in the database; rejects while that cannot be. */
  flush(): Promise<void>;
  /** Ships what is left, if the database is there; otherwise it stays on disk for the next start. Never rejects. */
  close(): Promise<void>;
}

const journalErrorEveryMs = 10_000;
const defaultSegmentBytes = 4 * 1024 * 1024;

export function createUsage({ database, journalDir, log, segmentBytes = defaultSegmentBytes }: UsageOptions): Usage {
  const processId = uuidv7();
  let journal: Journal | null = null;
  let shipping: Shipping | null = null;
  let stopDropping: () => Promise<void> = async () => undefined;
  let stopComparing: () => Promise<void> = async () => undefined;

  async function ship(rows: readonly string[], from: string): Promise<void> {
    if (rows.length === 0) return;
    const rejected = await shipAttempts(database, rows, from);
    await setAsideRows(journalDir, rejected);
    if (rejected.length > 0)
      log({ event: 'task_failed', task: 'usage_row_set_aside', error: { name: 'RowRejected', code: null, message: null } });
    log({ event: 'usage_shipped', rows: rows.length - rejected.length });
  }

  let quietUntil = 0;
  /** A full disk fails with every call: it is said once in ten seconds. */
  function logJournalError(error: unknown): void {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + journalErrorEveryMs;
    log({ event: 'task_failed', task: 'usage_journal', error: toSafeError(error) });
  }

  return {
    processId,
    ...createCallMeter(() => {
      if (journal === null) throw new Error('Usage has not been started.');
      return journal.writer;
    }),
    async start() {
      journal = await openJournal({
        journalDir,
        processId,
        segmentBytes,
        ship,
        onSettled: (ended) => freeGrants(database, ended),
        onError: logJournalError,
      });
      shipping = keepShipping({ journal, log });
      stopDropping = keepDroppingQuarters(database, log);
      stopComparing = keepComparingCosts(database, log);
    },
    listAttempts: (organizationId, query) => listAttempts(database, organizationId, query),
    getAttempt: (organizationId, id) => getAttempt(database, organizationId, id),
    sumUsage: (organizationId, query) => sumUsage(database, organizationId, query),
    sumSavings: (organizationId, query) => sumSavings(database, organizationId, query),
    listCostComparisons: (organizationId, query) => listComparisons(database, organizationId, query),
    async flush() {
      await journal?.writer.commit();
      await shipping?.flush();
    },
    async close() {
      await stopDropping();
      await stopComparing();
      await shipping?.stop();
      try {
        await journal?.close();
      } catch (error) {
        log({ event: 'usage_ship_failed', pending: journal?.countPending() ?? 0, error: toSafeError(error) });
      }
      journal = null;
      shipping = null;
    },
  };
}
