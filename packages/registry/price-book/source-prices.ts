import type { ProviderId } from '@pipelines/contracts';
import { type ListedPrices, type ProviderListing, presetOf } from '@pipelines/providers';
import { readPublishedPrices } from './published-prices.ts';
import snapshot from './snapshot.json' with { type: 'json' };
import type { SourcePrices } from './sourced-prices.ts';
import { presentTier } from './unit-prices.ts';

/** What is known of a model's prices: the provider's own list first, then genai-prices, then the snapshot of this release, else nothing. */
export function readSourcePrices(
  provider: ProviderId,
  providerModelId: string,
  listing: ProviderListing | null,
  today: Date,
): SourcePrices | null {
  if (listing?.prices) {
    const { pricesUrl } = presetOf(provider);
    return { prices: listedPrices(listing.prices), source: 'provider', dated: today.toISOString().slice(0, 10), url: pricesUrl };
  }
  return readPublishedPrices(provider, providerModelId) ?? readSnapshotPrices(provider, providerModelId);
}

function listedPrices(listed: ListedPrices): SourcePrices['prices'] {
  return {
    input_cost_per_token: listed.input,
    output_cost_per_token: listed.output,
    ...(listed.cacheRead != null && { cache_read_cost_per_token: listed.cacheRead }),
    ...(listed.cacheWrite != null && { cache_write_cost_per_token: listed.cacheWrite }),
    ...(listed.reasoning != null && { reasoning_cost_per_token: listed.reasoning }),
    ...(listed.audioInput != null && { audio_input_cost_per_token: listed.audioInput }),
    ...(listed.audioOutput != null && { audio_output_cost_per_token: listed.audioOutput }),
    ...(listed.audioCacheRead != null && { audio_cache_read_cost_per_token: listed.audioCacheRead }),
    ...(listed.request != null && { cost_per_request: listed.request }),
    ...(listed.webSearch != null && { cost_per_web_search: listed.webSearch }),
    ...(listed.tiers !== undefined && { price_tiers: listed.tiers.map(presentTier) }),
  };
}

type SnapshotPrices = readonly [input: string, output: string, cacheRead: string | null, cacheWrite: string | null];
const snapshotPrices: Partial<Record<ProviderId, Record<string, SnapshotPrices>>> = snapshot.prices as never;

function readSnapshotPrices(provider: ProviderId, providerModelId: string): SourcePrices | null {
  const own = snapshotPrices[provider];
  const found = own !== undefined && Object.hasOwn(own, providerModelId) ? own[providerModelId] : undefined;
  if (found === undefined) return null;
  const [input, output, cacheRead, cacheWrite] = found;
  return {
    prices: listedPrices({ input, output, cacheRead, cacheWrite }),
    source: 'snapshot',
    dated: snapshot.dated,
    url: presetOf(provider).pricesUrl,
  };
}
