import { PipelinesError } from '@pipelines/contracts';
import { announceChange, type Queries, schema, type Transaction } from '@pipelines/database';
import { eq, max, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PlatformModelRow } from '../models/model-rows.ts';
import { recordPlatformPrices } from '../price-book/record-prices.ts';
import { forgetPlatformRoutings } from '../routing/forget-platform-routings.ts';
import { lockCatalogue } from './catalogue-rows.ts';

const { catalogueChanges, platformModels, organizations } = schema;

/** Offers a model behind those that are offered already. Repeating it changes nothing. @throws PipelinesError `model_not_found` */
export function pinModel(db: Queries, slug: string): Promise<void> {
  return change(db, slug, 'pinned', async (tx, row) => {
    if (row.pinned && row.active) return false;
    const position = row.pinned ? row.position : await lastPosition(tx);
    await tx
      .update(platformModels)
      .set({ pinned: true, active: true, position, updatedAt: sql`now()` })
      .where(eq(platformModels.slug, slug));
    return true;
  });
}

/**
 * Takes a model back; its row stays, so that a call says why it is refused. What organizations have set for their calls of
 * it goes.
 *
 * @throws PipelinesError `model_not_found`, `default_model_protected`
 */
export function unpinModel(db: Queries, slug: string): Promise<void> {
  return change(db, slug, 'unpinned', async (tx, row) => {
    if (!row.pinned || !row.active) return false;
    const [chosen] = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.defaultModel, slug)).limit(1);
    if (row.isDefault || chosen) throw new PipelinesError('default_model_protected');
    await tx.update(platformModels).set({ active: false, updatedAt: sql`now()` }).where(eq(platformModels.slug, slug));
    await forgetPlatformRoutings(tx, slug);
    return true;
  });
}

async function change(
  db: Queries,
  slug: string,
  kind: 'pinned' | 'unpinned',
  write: (tx: Transaction, row: PlatformModelRow) => Promise<boolean>,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockCatalogue(tx);
    const [row] = await tx
      .select()
      .from(platformModels)
      .where(eq(platformModels.slug, slug.replaceAll('\0', '')));
    if (row === undefined) throw new PipelinesError('model_not_found');
    if (!(await write(tx, row))) return;
    await recordPlatformPrices(tx);
    await tx.insert(catalogueChanges).values({ id: uuidv7(), slug, displayName: row.displayName, kind });
    await announceChange(tx, { topic: 'models', organizationId: null });
  });
}

async function lastPosition(tx: Transaction): Promise<number> {
  const [row] = await tx
    .select({ position: max(platformModels.position) })
    .from(platformModels)
    .where(eq(platformModels.pinned, true));
  return (row?.position ?? -1) + 1;
}
