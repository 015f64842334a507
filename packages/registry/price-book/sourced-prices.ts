import type { PriceSet, PriceSource, PriceTier, SuggestedPrices } from '@pipelines/contracts';

/** What a source says of a model's prices. A price that it leaves out is not its matter, which is not the same as none. */
export interface SourcePrices {
  readonly prices: Pick<PriceSet, 'input_cost_per_token' | 'output_cost_per_token'> & Partial<PriceSet>;
  readonly source: Exclude<PriceSource, 'manual'>;
  /** The source's own date, if it tells one. */
  readonly dated: string | null;
  /** Where a person can read them. */
  readonly url: string | null;
}

const noTiers: PriceTier[] = [];

/** A whole price set: what the source says, and where it is silent what was there before. */
export function completePrices(said: SourcePrices['prices'], before: Partial<PriceSet> = {}): PriceSet {
  return {
    cache_read_cost_per_token: null,
    cache_write_cost_per_token: null,
    reasoning_cost_per_token: null,
    audio_input_cost_per_token: null,
    audio_output_cost_per_token: null,
    audio_cache_read_cost_per_token: null,
    cost_per_request: null,
    cost_per_image: null,
    cost_per_web_search: null,
    price_tiers: noTiers,
    ...before,
    ...said,
  };
}

/** As a connection test suggests them. */
export function toSuggestion({ prices, source, dated, url }: SourcePrices): SuggestedPrices {
  return { ...completePrices(prices), source, dated, url } as SuggestedPrices;
}
