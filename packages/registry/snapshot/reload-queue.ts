import { type Log, toSafeError } from '@pipelines/contracts';

const retryAfterMs = 5_000;

/** Reloads one after the other; equal ones that have not begun are one. */
export interface ReloadQueue {
  /** Null is everything. Resolves when it is done; a failure is logged, and tried again later. */
  reload(organizationId: string | null): Promise<void>;
  close(): Promise<void>;
}

export function createReloadQueue(load: (organizationId: string | null) => Promise<void>, log: Log): ReloadQueue {
  const waiting = new Map<string | null, Promise<void>>();
  let last: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function run(organizationId: string | null): Promise<void> {
    waiting.delete(organizationId);
    if (closed) return;
    try {
      await load(organizationId);
    } catch (error) {
      log({ event: 'snapshot_failed', error: toSafeError(error) });
      retry ??= setTimeout(() => {
        retry = undefined;
        void reload(null);
      }, retryAfterMs).unref();
    }
  }

  function reload(organizationId: string | null): Promise<void> {
    const known = waiting.get(organizationId);
    if (known) return known;
    const next = last.then(() => run(organizationId));
    last = next;
    waiting.set(organizationId, next);
    return next;
  }

  return {
    reload,
    async close() {
      closed = true;
      clearTimeout(retry);
      await last;
    },
  };
}
