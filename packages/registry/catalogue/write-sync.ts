import { schema, type Transaction } from '@pipelines/database';
import { inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { priceFacts } from './catalogue-facts.ts';
import type { SyncPlan } from './plan-sync.ts';

export type CatalogueSyncRow = typeof schema.catalogueSyncs.$inferSelect;

const { catalogueChanges, catalogueSyncs, platformModels } = schema;
const rowsAtOnce = 500;
/** A model that nobody has pinned stands behind all that somebody has. */
export const unpinnedPosition = 1_000_000;

const followed = [
  'contextTokens',
  'maxTokens',
  'jsonMode',
  'vision',
  'toolUse',
  'reasoning',
  'reasoningParameter',
  'reasoningEfforts',
  'inputModalities',
  ...priceFacts,
  'priceTiers',
  'retiresOn',
  'priceSource',
  'sourceAt',
  'listed',
] as const;

/** The columns that follow the source, for `on conflict do update`. */
export const followSource = Object.fromEntries(followed.map((column) => [column, sql.raw(`excluded.${platformModels[column].name}`)]));

/** Writes what the source says now, and what of it is news. */
export async function writeSyncPlan(tx: Transaction, plan: SyncPlan, at: Date, newId: () => string): Promise<void> {
  const changed = new Set(plan.changes.map(({ slug }) => slug));
  const rows = plan.models.map(({ slug, displayName, facts }) => ({
    slug,
    providerModelId: slug,
    displayName,
    ...facts,
    priceSource: facts.inputCostPerToken === null ? null : ('provider' as const),
    pinned: false,
    listed: true,
    position: unpinnedPosition,
    sourceAt: at,
  }));
  for (const some of inParts(rows)) {
    await tx.insert(platformModels).values(some).onConflictDoUpdate({ target: platformModels.slug, set: followSource });
  }
  const touched = [...changed].filter((slug) => !plan.delisted.includes(slug));
  if (touched.length > 0) await tx.update(platformModels).set({ updatedAt: at }).where(inArray(platformModels.slug, touched));
  if (plan.delisted.length > 0) {
    await tx
      .update(platformModels)
      .set({ listed: false, updatedAt: at })
      .where(inArray(platformModels.slug, [...plan.delisted]));
  }
  const changes = plan.changes.map((change) => ({ id: newId(), at, ...change, fields: [...change.fields] }));
  for (const some of inParts(changes)) await tx.insert(catalogueChanges).values(some);
}

export async function recordSync(tx: Transaction, sync: Omit<typeof catalogueSyncs.$inferInsert, 'id'>): Promise<CatalogueSyncRow> {
  const [row] = await tx
    .insert(catalogueSyncs)
    .values({ id: uuidv7(), ...sync })
    .returning();
  return row as CatalogueSyncRow;
}

function inParts<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, part) => rows.slice(part * rowsAtOnce, (part + 1) * rowsAtOnce));
}
