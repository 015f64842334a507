import { type Model, type ModelListQuery, PipelinesError } from '@pipelines/contracts';
import { readHealth } from './health/read-health.ts';
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
  const entries = await readEntries(context, organizationId, query);
  const page = entries.slice(0, limit);
  const slugs = page.map(({ cursor }) => cursor.slug);
  const customIds = page.flatMap((entry) => ('custom' in entry ? [entry.custom.model.id] : []));
  const [healthOf, defaultSlug, proposals] = await Promise.all([
    readHealth(db, organizationId, 'model', slugs),
    readDefaultModel(db, organizationId),
    readOpenProposals(db, organizationId, customIds),
  ]);
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
): Promise<readonly Entry[]> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
  if (query.cursor !== undefined && after === null) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  const entries: Entry[] = [];
  if (query.kind !== 'custom' && after?.kind !== 'custom') {
    const offered = await selectPlatformModels(db);
    const healthOf =
      query.health === undefined
        ? null
        : await readHealth(
            db,
            organizationId,
            'model',
            offered.map(({ slug }) => slug),
          );
    for (const platform of offered) {
      const { position, slug } = platform;
      const passed = after !== null && (position < after.position || (position === after.position && slug <= after.slug));
      if (passed || !matchesQuery(platform, platformKey !== null, query)) continue;
      if (healthOf !== null && healthOf(slug).word !== query.health) continue;
      entries.push({ platform, cursor: { kind: 'platform', position, slug } });
    }
  }
  const missing = query.limit + 1 - entries.length;
  if (query.kind === 'platform' || missing <= 0) return entries;
  const rows = await listCustomModels(db, organizationId, query, {
    after: after?.kind === 'custom' ? after : null,
    limit: missing,
  });
  return [
    ...entries,
    ...rows.map(({ sortKey, ...custom }): Entry => ({ custom, cursor: { kind: 'custom', sortKey, slug: custom.model.slug } })),
  ];
}
