import { announceChange } from '@pipelines/database';
import { v7 as uuidv7 } from 'uuid';
import { recordPlatformPrices } from '../price-book/record-prices.ts';
import { lockCatalogue, selectCatalogue } from './catalogue-rows.ts';
import { type CatalogueContext, fetchCatalogue } from './fetch-catalogue.ts';
import { isPlausible, planSync } from './plan-sync.ts';
import { type CatalogueSyncRow, recordSync, writeSyncPlan } from './write-sync.ts';

/**
 * Brings the catalogue up to what its source says now. A source that cannot be read, or that says what cannot
 * be true, changes nothing. Every difference is written down.
 */
export async function syncCatalogue(context: CatalogueContext, signal: AbortSignal): Promise<CatalogueSyncRow> {
  const { db } = context.database;
  const fetched = await fetchCatalogue(context, signal);
  return db.transaction(async (tx) => {
    await lockCatalogue(tx);
    if ('cause' in fetched) return recordSync(tx, { outcome: 'failed', cause: fetched.cause });
    const rows = await selectCatalogue(tx);
    if (!isPlausible(rows, fetched.listings)) return recordSync(tx, { outcome: 'failed', cause: 'implausible' });
    const plan = planSync(rows, fetched.listings);
    await writeSyncPlan(tx, plan, new Date(), uuidv7);
    await recordPlatformPrices(tx);
    // Who offers nothing else than before has nothing to read anew.
    if (plan.offeredChanges) await announceChange(tx, { topic: 'models', organizationId: null });
    const changes = plan.changes.length;
    return recordSync(tx, { outcome: changes > 0 ? 'updated' : 'unchanged', models: fetched.listings.length, changes });
  });
}
