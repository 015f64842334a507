import { randomUUID } from 'node:crypto';
import { type Log, toSafeError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { type ClaimedRun, claimRuns, keepClaim, nameRun } from './claim-runs.ts';
import { purgeReplays } from './purge-replays.ts';
import type { ReplaysContext } from './replays-context.ts';
import { type RunOutcome, runInput } from './run-input.ts';
import { openInput } from './seal-replay.ts';
import { letGo, settleRun } from './settle-run.ts';

const { replayItems } = schema;
const lookEveryMs = 500;
const runsAtOnce = 4;
const keepEveryMs = 2_000;
const purgeEveryMs = 10 * 60_000;

export interface ReplayKeeper {
  start(): void;
  /** Ends the calls that are out; they wait for the next process. */
  stop(): Promise<void>;
}

/** Runs replays, a few calls at a time, for as long as it runs. Several processes may; one that dies leaves its runs to the others. */
export function createReplayKeeper(context: ReplaysContext & { readonly log: Log }): ReplayKeeper {
  const { db } = context.database;
  const claim = randomUUID();
  const running = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let stopped = true;
  let nextKeep = 0;
  let nextPurge = 0;

  const report = (error: unknown) => context.log({ event: 'task_failed', task: 'replays', error: toSafeError(error) });

  async function look(): Promise<void> {
    const nowMs = performance.now();
    if (running.size > 0 && nowMs >= nextKeep) {
      nextKeep = nowMs + keepEveryMs;
      const wanted = await keepClaim(db, claim);
      for (const [name, { abort }] of running) if (!wanted.has(name)) abort.abort();
    }
    if (nowMs >= nextPurge) {
      nextPurge = nowMs + purgeEveryMs;
      await purgeReplays(db);
    }
    if (running.size >= runsAtOnce) return;
    for (const run of await claimRuns(db, claim, runsAtOnce - running.size)) begin(run);
  }

  function begin(run: ClaimedRun): void {
    const name = nameRun(run);
    const abort = new AbortController();
    const done = carryOut(run, abort.signal)
      .catch(report)
      .finally(() => {
        running.delete(name);
        if (!stopped) next(0);
      });
    running.set(name, { abort, done });
  }

  async function carryOut(run: ClaimedRun, signal: AbortSignal): Promise<void> {
    const outcome = await answerOf(run, signal);
    if (outcome === null) await letGo(db, run, claim, stopped ? 'pending' : 'canceled');
    else await settleRun(context, run, claim, outcome);
  }

  /** Null where the call was ended before its answer was there. */
  async function answerOf(run: ClaimedRun, signal: AbortSignal): Promise<RunOutcome | null> {
    const { organizationId, replayId, item } = run;
    const ofItem = and(eq(replayItems.organizationId, organizationId), eq(replayItems.replayId, replayId), eq(replayItems.item, item));
    const [row] = await db.select().from(replayItems).where(ofItem);
    const request = row ? await openInput(context.vault, run, { sealed: row.sealedInput, dataKeyVersion: row.dataKeyVersion }) : null;
    if (request === null) return null;
    try {
      return await runInput(context, run, request, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  function next(delayMs = lookEveryMs): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      looking = looking
        .then(look)
        .catch(report)
        .finally(() => {
          if (!stopped) next();
        });
    }, delayMs);
  }

  return {
    start() {
      stopped = false;
      next();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
      for (const { abort } of running.values()) abort.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
