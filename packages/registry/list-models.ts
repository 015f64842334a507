import { type Model, type ModelHealth, type ModelListQuery, noRecentCalls, PipelinesError } from '@pipelines/contracts';
import { type HealthOf, readCalledModels, readHealth } from './health/read-health.ts';
import { decodeCursor, encodeCursor, type ListCursor } from './models/list-cursor.ts';
import { listCustomModels } from './models/list-custom-models.ts';
import { matchesQuery } from './models/match-platform-model.ts';
import { type ModelWithCredential, type PlatformModelRow, selectPlatformModels } from './models/model-rows.ts';
import { presentCustomModel, presentPlatformModel } from './models/present-model.ts';
import { readOpenProposals } from './price-book/present-proposal.ts';
import type { RegistryContext } from './registry-context.ts';
import { readDefaultModel } from './settings.ts';

type Entry = { readonly cursor: ListCursor } & ({ readonly platform: PlatformModelRow } | { readonly custom: ModelWithCredential });

/**
 * A page of the registry: platform models in the catalogue's order, then custom ones by name. Without a
 * status, deactivated models are left out.
 *
 * @throws PipelinesError `invalid_request` for a cursor that is none
 */
export async function listModels(
  context: RegistryContext,
  organizationId: string,
  query: ModelListQuery,
): Promise<{ data: Model[]; next_cursor: string | null }> {
  const { db } = context.database;
  const { limit } = query;
  const configured = context.platformKey !== null;
  const called = query.health === undefined ? null : await readCalledModels(db, organizationId);
  const entries = await readEntries(context, organizationId, query, called);
  const page = entries.slice(0, limit);
  const slugs = page.map(({ cursor }) => cursor.slug);
  const healthOf: HealthOf =
    called === null ? await readHealth(db, organizationId, 'model', slugs) : (slug) => called.get(slug) ?? noRecentCalls;
  const defaultSlug = await readDefaultModel(db, organizationId);
  const customIds = page.flatMap((entry) => ('custom' in entry ? [entry.custom.model.id] : []));
  const proposals = await readOpenProposals(db, organizationId, customIds);
  const last = page.at(-1);
  return {
    data: page.map((entry) => {
      const view = { defaultSlug, health: healthOf(entry.cursor.slug) };
      if ('platform' in entry) return presentPlatformModel(entry.platform, configured, view);
      return presentCustomModel(entry.custom, view, proposals.get(entry.custom.model.id) ?? null);
    }),
    next_cursor: entries.length > limit && last !== undefined ? encodeCursor(last.cursor) : null,
  };
}

/** The rows of the page, and one more where there is one. */
async function readEntries(
  { database: { db }, platformKey }: RegistryContext,
  organizationId: string,
  query: ModelListQuery,
  called: ReadonlyMap<string, ModelHealth> | null,
): Promise<readonly Entry[]> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
  if (query.cursor !== undefined && after === null) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  const entries: Entry[] = [];
  if (query.kind !== 'custom' && after?.kind !== 'custom') {
    for (const platform of await selectPlatformModels(db)) {
      const { position, slug } = platform;
      const passed = after !== null && (position < after.position || (position === after.position && slug <= after.slug));
      if (passed || !matchesQuery(platform, platformKey !== null, query)) continue;
      if (called !== null && (called.get(slug)?.word ?? 'no_recent_calls') !== query.health) continue;
      entries.push({ platform, cursor: { kind: 'platform', position, slug } });
    }
  }
  const missing = query.limit + 1 - entries.length;
  if (query.kind === 'platform' || missing <= 0) return entries;
  const rows = await listCustomModels(db, organizationId, query, {
    after: after?.kind === 'custom' ? after : null,
    limit: missing,
    slugs: called === null || query.health === undefined ? null : slugsWith(called, query.health),
  });
  return [
    ...entries,
    ...rows.map(({ sortKey, ...custom }): Entry => ({ custom, cursor: { kind: 'custom', sortKey, slug: custom.model.slug } })),
  ];
}

/** Models that have the word; of those that nobody called, the others. */
function slugsWith(called: ReadonlyMap<string, ModelHealth>, word: ModelHealth['word']) {
  const isRest = word === 'no_recent_calls';
  return { isRest, list: [...called].filter(([, health]) => (health.word === word) !== isRest).map(([slug]) => slug) };
}
