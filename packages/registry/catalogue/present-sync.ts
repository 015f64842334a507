import { type CatalogueSync, type UpstreamCause, upstreamCauses } from '@pipelines/contracts';
import { describeCause, presetOf } from '@pipelines/providers';
import { catalogueProvider } from './fetch-catalogue.ts';
import type { CatalogueSyncRow } from './write-sync.ts';

/** A reading in our words. */
export function presentSync(row: CatalogueSyncRow): CatalogueSync {
  return { at: row.at.toISOString(), outcome: row.outcome, ...wordsOf(row), models: row.models, changes: row.changes };
}

function wordsOf({ outcome, cause, models, changes }: CatalogueSyncRow): Pick<CatalogueSync, 'message' | 'fix'> {
  if (outcome === 'unchanged') return { message: `The source lists ${models} models, and nothing has changed.`, fix: null };
  if (outcome === 'updated') {
    return {
      message: `The source lists ${models} models; ${changes} ${changes === 1 ? 'change was' : 'changes were'} taken over.`,
      fix: null,
    };
  }
  if (isCause(cause)) {
    const providerName = presetOf(catalogueProvider).name;
    const { message, fix } = describeCause(
      { reason: cause },
      { providerName, providerModelId: 'the list of models', region: null, baseUrl: null },
    );
    return { message, fix };
  }
  return {
    message: 'The source lists less than half of the models that it had: nothing was taken over.',
    fix: 'Read it again later. If the source is yours (PROVIDER_BASE_URLS), see what it answers to GET /models.',
  };
}

function isCause(cause: string | null): cause is UpstreamCause {
  return (upstreamCauses as readonly (string | null)[]).includes(cause);
}
