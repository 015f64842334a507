import type { PriceSet, PriceTier } from '@pipelines/contracts';
import { formatUsd, pricePerMillion } from '../../../ui/decimal-text.ts';
import { contextSize } from '../../../ui/token-count.ts';

/** One price in words: `Cached read`, `$0.30 per 1M`. */
export interface PriceLine {
  readonly name: string;
  readonly text: string;
}

const perToken = {
  input_cost_per_token: 'Input',
  output_cost_per_token: 'Output',
  cache_read_cost_per_token: 'Cached read',
  cache_write_cost_per_token: 'Cache write',
  reasoning_cost_per_token: 'Reasoning',
  audio_input_cost_per_token: 'Audio input',
  audio_output_cost_per_token: 'Audio output',
  audio_cache_read_cost_per_token: 'Cached audio',
} as const;
const tokenFields = Object.keys(perToken) as (keyof typeof perToken)[];

/** Every price that a set has; input and output also where they are unknown. */
export function describePrices(prices: PriceSet): PriceLine[] {
  return [
    ...tokenFields.flatMap((field, index): PriceLine[] => {
      const price = prices[field];
      if (price === null) return index < 2 ? [{ name: perToken[field], text: 'unknown' }] : [];
      return [{ name: perToken[field], text: `$${pricePerMillion(price)} per 1M` }];
    }),
    ...(prices.cost_per_request === null ? [] : [{ name: 'Request', text: `${formatUsd(prices.cost_per_request)} each` }]),
    ...(prices.cost_per_image === null ? [] : [{ name: 'Image', text: `${formatUsd(prices.cost_per_image)} each` }]),
    ...(prices.cost_per_web_search === null ? [] : [{ name: 'Web search', text: `${formatUsd(prices.cost_per_web_search)} each` }]),
    ...prices.price_tiers.map((tier) => ({ name: `Above ${contextSize(tier.above_prompt_tokens)}`, text: describeTier(tier) })),
  ];
}

function describeTier(tier: PriceTier): string {
  const known = tokenFields.flatMap((field) => {
    const price = tier[field];
    return price === null ? [] : [`${perToken[field].toLowerCase()} $${pricePerMillion(price)}`];
  });
  return `${known.join(', ')} per 1M`;
}

/** What is different in `after`, price by price; `none` where a set has no such price. */
export function describeDifferences(
  before: PriceSet,
  after: PriceSet,
): { readonly name: string; readonly before: string; readonly after: string }[] {
  const [old, now] = [describePrices(before), describePrices(after)];
  const names = [...new Set([...old, ...now].map(({ name }) => name))];
  const textIn = (lines: readonly PriceLine[], name: string) => lines.find((line) => line.name === name)?.text ?? 'none';
  return names.map((name) => ({ name, before: textIn(old, name), after: textIn(now, name) })).filter((line) => line.before !== line.after);
}
