import type { UpstreamCause } from '@pipelines/contracts';
import { adapters, destinationOf, type ProviderListing, presetOf, UpstreamError } from '@pipelines/providers';
import { sendRequest } from '../connection-test/send-request.ts';
import type { RegistryContext } from '../registry-context.ts';

export const catalogueProvider = 'openrouter';
const authKind = 'api_key';
const timeouts = { connectMs: 5_000, firstByteMs: 20_000, idleMs: 10_000, totalMs: 45_000 };
/** What can be a slug, and stand in an address. */
const slugShape = /^[\x21-\x7e]{1,300}$/;
const maxResponseBytes = 32 * 1024 * 1024;

export type CatalogueContext = Pick<RegistryContext, 'database' | 'egress' | 'log' | 'providerBaseUrls' | 'platformKey'>;
export type FetchedCatalogue = { readonly listings: readonly ProviderListing[] } | { readonly cause: UpstreamCause };

/** Reads the list that the platform models are served from. Anybody may read it: the operator's key is sent where there is one. */
export async function fetchCatalogue(context: CatalogueContext, signal: AbortSignal): Promise<FetchedCatalogue> {
  const { egress, platformKey, providerBaseUrls } = context;
  const { protocol, quirks } = presetOf(catalogueProvider);
  const list = adapters[protocol].modelList;
  try {
    const destination = destinationOf({ provider: catalogueProvider, authKind, overrides: providerBaseUrls });
    const authScheme = platformKey === null ? 'none' : destination.authScheme;
    const credential = platformKey === null ? {} : { apiKey: platformKey };
    const requests = list?.prepare({ ...destination, authScheme, quirks }) ?? [];
    const options = { egress, organizationId: null, signal, timeouts, maxResponseBytes, purpose: 'catalogue' } as const;
    const responses = await Promise.all(requests.map((request) => sendRequest(request, credential, options)));
    const listings = (list?.read(responses) ?? []).filter(({ chat, id }) => chat && slugShape.test(id));
    return listings.length === 0 ? { cause: 'not_openai_shape' } : { listings };
  } catch (error) {
    if (error instanceof UpstreamError) return { cause: error.reason };
    throw error;
  }
}
