import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, toSafeError } from '@pipelines/contracts';
import type { ReachedCluster, ReachOptions } from './reach-postmaster.ts';

const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** A server that has run this long counts as well again: the next restart is immediate. */
const healthyMs = 60_000;

/** Reaches the cluster anew whenever its server is lost, until it is told to end. */
export interface PostmasterKeeper {
  readonly current: ReachedCluster;
  /** Ends the watch and hands out the last hold. */
  end(): Promise<ReachedCluster>;
}

/**
 * Watches the server, started by us or not, and brings it back on the same port so that pools reconnect.
 * Immediately at first; a server that keeps dying is retried after 0.1 s, 0.2 s … at most every 5 s.
 */
export function keepPostmaster(
  first: ReachedCluster,
  reach: (options: ReachOptions) => Promise<ReachedCluster>,
  log: Log,
): PostmasterKeeper {
  const ending = new AbortController();
  const ended = once(ending.signal, 'abort');
  let current = first;

  const watch = async () => {
    let failures = 0;
    let reachedAt = Date.now();
    for (;;) {
      await Promise.race([current.hold.ended, ended]);
      if (ending.signal.aborted) return;
      await current.hold.release();
      if (Date.now() - reachedAt > healthyMs) failures = 0;
      const next = await reachAgain();
      if (next) {
        current = next;
        reachedAt = Date.now();
      }
      failures += 1;
      if (ending.signal.aborted) return;
      if (!next || failures > 1) await pause(failures);
    }
  };

  const reachAgain = async (): Promise<ReachedCluster | null> => {
    const startedAt = Date.now();
    log({ event: 'database_starting', engine: 'embedded' });
    try {
      const next = await reach({ port: first.postmaster.port, signal: ending.signal });
      log({ event: 'database_ready', engine: 'embedded', startMs: Date.now() - startedAt, attached: next.attached });
      return next;
    } catch (error) {
      if (!ending.signal.aborted) log({ event: 'task_failed', task: 'restart_embedded_postgres', error: toSafeError(error) });
      return null;
    }
  };

  const pause = async (failures: number) => {
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures, 10));
    await sleep(delayMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
  };

  const watching = watch();
  return {
    get current() {
      return current;
    },
    async end() {
      ending.abort();
      await watching;
      return current;
    },
  };
}
