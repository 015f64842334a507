import type { ProviderListing } from '@pipelines/providers';
import type { PlatformModelRow } from '../models/model-rows.ts';
import { type CatalogueFacts, diffFacts, type FactChange, factsOfListing } from './catalogue-facts.ts';

export interface CatalogueChange {
  readonly slug: string;
  readonly displayName: string;
  readonly kind: 'added' | 'changed' | 'delisted' | 'relisted';
  readonly fields: readonly FactChange[];
}

export interface SyncPlan {
  /** Every listed model, with what its source says now. */
  readonly models: readonly { readonly slug: string; readonly displayName: string; readonly facts: CatalogueFacts }[];
  readonly delisted: readonly string[];
  readonly changes: readonly CatalogueChange[];
  /** A model that is offered to organizations is among them. */
  readonly offeredChanges: boolean;
}

/** Compares what is known with what the source lists. Models that are listed no more are kept, and marked. */
export function planSync(rows: readonly PlatformModelRow[], listings: readonly ProviderListing[]): SyncPlan {
  const known = new Map(rows.map((row) => [row.slug, row]));
  const listed = new Set(listings.map(({ id }) => id));
  const models = listings.map((listing) => {
    const row = known.get(listing.id);
    return { slug: listing.id, displayName: row?.displayName ?? nameOf(listing), facts: factsOfListing(listing, row) };
  });
  const delisted = rows.filter((row) => row.listed && !listed.has(row.slug));
  const changes = [
    ...models.flatMap(({ slug, displayName, facts }): CatalogueChange[] => {
      const row = known.get(slug);
      if (row === undefined) return [{ slug, displayName, kind: 'added', fields: [] }];
      const fields = diffFacts(row, facts);
      if (!row.listed) return [{ slug, displayName, kind: 'relisted', fields }];
      return fields.length > 0 ? [{ slug, displayName, kind: 'changed', fields }] : [];
    }),
    ...delisted.map(({ slug, displayName }): CatalogueChange => ({ slug, displayName, kind: 'delisted', fields: [] })),
  ];
  const offeredChanges = changes.some(({ slug }) => known.get(slug)?.pinned === true);
  return { models, delisted: delisted.map(({ slug }) => slug), changes, offeredChanges };
}

const smallest = 20;

/** A list that has suddenly lost most of its models is taken for a fault, not for news. */
export function isPlausible(rows: readonly PlatformModelRow[], listings: readonly ProviderListing[]): boolean {
  const before = rows.filter(({ listed }) => listed).length;
  return before < smallest || listings.length >= before / 2;
}

/** OpenRouter puts the vendor before the name. */
function nameOf({ id, name }: ProviderListing): string {
  return (name ?? id).replace(/^[^:]{1,40}: /, '').slice(0, 120);
}
