import {
  type Catalogue,
  type CatalogueSync,
  type catalogueChangePageSchema,
  type catalogueChangeQuerySchema,
  type catalogueModelPageSchema,
  type catalogueModelQuerySchema,
  PipelinesError,
} from '@pipelines/contracts';
import type { z } from 'zod';
import { describeCatalogue, readLastSync } from './describe-catalogue.ts';
import type { CatalogueContext } from './fetch-catalogue.ts';
import { keepSyncing } from './keep-syncing.ts';
import { listCatalogueChanges } from './list-catalogue-changes.ts';
import { listCatalogueModels } from './list-catalogue-models.ts';
import { pinModel, unpinModel } from './pin-model.ts';
import { presentSync } from './present-sync.ts';
import { syncCatalogue } from './sync-catalogue.ts';

export interface CatalogueOptions extends CatalogueContext {
  /** How often the source is read by itself; null: only when asked. */
  readonly syncEveryMs: number | null;
}

/** Where the platform models come from. What is offered of them is the operator's to say. */
export interface PlatformCatalogue {
  describe(): Promise<Catalogue>;
  /** Reads the source. @throws PipelinesError `rate_limited` within a minute of the last time, unless `always` */
  sync(signal: AbortSignal, options?: { readonly always?: boolean }): Promise<CatalogueSync>;
  /** By slug, with their health for an organization; null tells none. */
  listModels(
    query: z.output<typeof catalogueModelQuerySchema>,
    organizationId: string | null,
  ): Promise<z.infer<typeof catalogueModelPageSchema>>;
  listChanges(query: z.output<typeof catalogueChangeQuerySchema>): Promise<z.infer<typeof catalogueChangePageSchema>>;
  /** Offers a model of the source to every organization. @throws PipelinesError `model_not_found` */
  pin(slug: string): Promise<void>;
  /** Offers it no more: calls are refused as those of a deactivated model. @throws PipelinesError `model_not_found`, `default_model_protected` */
  unpin(slug: string): Promise<void>;
  /** Reads the source from time to time. Returns how to stop. */
  keepSyncing(): () => Promise<void>;
}

const leastBetweenMs = 60_000;

export function createCatalogue(options: CatalogueOptions): PlatformCatalogue {
  const { database, syncEveryMs } = options;
  const sync = async (signal: AbortSignal) => presentSync(await syncCatalogue(options, signal));
  return {
    describe: () => describeCatalogue(database.db, syncEveryMs),
    async sync(signal, { always = false } = {}) {
      if (!always) await refuseHaste(options);
      return sync(signal);
    },
    listModels: (query, organizationId) => listCatalogueModels(database.db, query, organizationId),
    listChanges: (query) => listCatalogueChanges(database.db, query),
    pin: (slug) => pinModel(database.db, slug),
    unpin: (slug) => unpinModel(database.db, slug),
    keepSyncing: () => (syncEveryMs === null ? async () => undefined : keepSyncing(options, syncEveryMs)),
  };
}

async function refuseHaste({ database }: CatalogueOptions): Promise<void> {
  const last = await readLastSync(database.db);
  const waitMs = last === null ? 0 : last.at.getTime() + leastBetweenMs - Date.now();
  if (waitMs <= 0) return;
  throw new PipelinesError('rate_limited', {
    detail: 'The list has been read less than a minute ago.',
    retryAfterSeconds: Math.min(60, Math.ceil(waitMs / 1_000)),
  });
}
