import { repeatTask } from '@pipelines/database';
import { readLastSync } from './describe-catalogue.ts';
import type { CatalogueContext } from './fetch-catalogue.ts';
import { syncCatalogue } from './sync-catalogue.ts';

const lookEveryMs = 60_000;

/** Looks every minute whether the last reading, by whichever process, is too old. Returns how to stop. */
export function keepSyncing(context: CatalogueContext, syncEveryMs: number, everyMs: number = lookEveryMs): () => Promise<void> {
  return repeatTask({
    task: 'sync_catalogue',
    everyMs,
    log: context.log,
    async work(signal) {
      const last = await readLastSync(context.database.db);
      if (signal.aborted || (last !== null && Date.now() - last.at.getTime() < syncEveryMs)) return;
      await syncCatalogue(context, signal);
    },
  });
}
