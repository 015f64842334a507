import type { ModelListQuery } from '@pipelines/contracts';
import { capabilitiesOf, type PlatformModelRow } from './model-rows.ts';
import { platformStatusOf } from './present-model.ts';

/** The filters of the list on a row of the catalogue, as `listCustomModels` has them in SQL. */
export function matchesQuery(
  row: PlatformModelRow,
  configured: boolean,
  { capability, status, provider, search, task, slugs, credential_id }: ModelListQuery,
): boolean {
  const actual = platformStatusOf(row, configured);
  if (status === undefined ? actual === 'deactivated' && slugs === undefined : actual !== status) return false;
  if (slugs !== undefined && !slugs.split(',').includes(row.slug)) return false;
  if (task === 'embeddings' || credential_id !== undefined) return false;
  if (provider !== undefined && provider !== 'openrouter') return false;
  if (capability !== undefined && !capabilitiesOf(row)[capability]) return false;
  const wanted = search?.trim().toLowerCase();
  return !wanted || [row.displayName, row.slug, row.providerModelId].some((text) => text.toLowerCase().includes(wanted));
}
