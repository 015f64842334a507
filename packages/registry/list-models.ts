import { type Model, type ModelListQuery, PipelinesError } from '@pipelines/contracts';
import { decodeCursor, encodeCursor } from './models/list-cursor.ts';
import { listCustomModels } from './models/list-custom-models.ts';
import { matchesQuery } from './models/match-platform-model.ts';
import { selectPlatformModels } from './models/model-rows.ts';
import { presentCustomModel, presentPlatformModel } from './models/present-model.ts';
import type { RegistryContext } from './registry-context.ts';
import { readDefaultModel } from './settings.ts';

/**
 * A page of the registry: platform models in the catalogue's order, then custom ones by name. Without a
 * status, deactivated models are left out.
 *
 * @throws PipelinesError `invalid_request` for a cursor that is none
 */
export async function listModels(
  { database, platformKey }: RegistryContext,
  organizationId: string,
  query: ModelListQuery,
): Promise<{ data: Model[]; next_cursor: string | null }> {
  const { db } = database;
  const { limit } = query;
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
  if (query.cursor !== undefined && after === null) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  const configured = platformKey !== null;
  const defaultSlug = await readDefaultModel(db, organizationId);
  const entries: { readonly model: Model; readonly cursor: string }[] = [];

  if (query.kind !== 'custom' && after?.kind !== 'custom') {
    for (const row of await selectPlatformModels(db)) {
      const passed = after !== null && (row.position < after.position || (row.position === after.position && row.slug <= after.slug));
      if (passed || !matchesQuery(row, configured, query)) continue;
      const cursor = encodeCursor({ kind: 'platform', position: row.position, slug: row.slug });
      entries.push({ model: presentPlatformModel(row, configured, defaultSlug), cursor });
    }
  }
  if (query.kind !== 'platform' && entries.length <= limit) {
    const rows = await listCustomModels(db, organizationId, query, after?.kind === 'custom' ? after : null, limit + 1 - entries.length);
    for (const { sortKey, ...row } of rows) {
      const cursor = encodeCursor({ kind: 'custom', sortKey, slug: row.model.slug });
      entries.push({ model: presentCustomModel(row, defaultSlug), cursor });
    }
  }
  const page = entries.slice(0, limit);
  return { data: page.map(({ model }) => model), next_cursor: entries.length > limit ? (page.at(-1)?.cursor ?? null) : null };
}
