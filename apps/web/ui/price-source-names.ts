import type { PriceSource } from '@pipelines/contracts';

/** Where a price comes from, inside a sentence. */
export const priceSourceNames: Record<PriceSource, string> = {
  provider: "the provider's list",
  'genai-prices': 'genai-prices',
  snapshot: 'the snapshot of this release',
  manual: 'typed by hand',
};
