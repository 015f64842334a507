import { toSafeError } from '@pipelines/contracts';
import { readLastSync } from './describe-catalogue.ts';
import type { CatalogueContext } from './fetch-catalogue.ts';
import { syncCatalogue } from './sync-catalogue.ts';

const lookEveryMs = 60_000;

/** Looks every minute whether the last reading, by whichever process, is too old. Returns how to stop. */
export function keepSyncing(context: CatalogueContext, syncEveryMs: number, everyMs: number = lookEveryMs): () => Promise<void> {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const last = await readLastSync(context.database.db);
    if (stopping.signal.aborted || (last !== null && Date.now() - last.at.getTime() < syncEveryMs)) return;
    await syncCatalogue(context, stopping.signal);
  }
  const timer = setInterval(() => {
    running = running.then(look).catch((error: unknown) => {
      if (!stopping.signal.aborted) context.log({ event: 'task_failed', task: 'sync_catalogue', error: toSafeError(error) });
    });
  }, everyMs);
  timer.unref();

  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
