import type { PriceSet, PriceSource, PriceTier, SuggestedPrices } from '@pipelines/contracts';
import { compareDecimals, perTokenFromMillion, pricePerMillion, shiftDecimal } from '../../../ui/decimal-text.ts';

/** What a typed price of tokens counts. */
export type PriceUnit = 'million' | 'token';

export const tokenPriceNames = [
  'input_price',
  'output_price',
  'cache_read_price',
  'cache_write_price',
  'reasoning_price',
  'audio_input_price',
  'audio_output_price',
  'audio_cache_read_price',
] as const;
const flatPriceNames = ['request_price', 'image_price', 'web_search_price'] as const;
export const priceNames = [...tokenPriceNames, ...flatPriceNames] as const;
export type TokenPriceName = (typeof tokenPriceNames)[number];
export type PriceName = (typeof priceNames)[number];

/** A tier as typed: `above` in tokens. */
export type TierValues = Record<TokenPriceName, string> & { above: string };

/** Prices as typed, in USD; empty means unknown, or no price of its own. */
export type PriceValues = Record<PriceName, string> & { price_unit: PriceUnit; tiers: TierValues[] };

export const fieldOfPrice = {
  input_price: 'input_cost_per_token',
  output_price: 'output_cost_per_token',
  cache_read_price: 'cache_read_cost_per_token',
  cache_write_price: 'cache_write_cost_per_token',
  reasoning_price: 'reasoning_cost_per_token',
  audio_input_price: 'audio_input_cost_per_token',
  audio_output_price: 'audio_output_cost_per_token',
  audio_cache_read_price: 'audio_cache_read_cost_per_token',
  request_price: 'cost_per_request',
  image_price: 'cost_per_image',
  web_search_price: 'cost_per_web_search',
} as const satisfies Record<PriceName, keyof PriceSet>;

export const noPrices: PriceValues = {
  price_unit: 'million',
  input_price: '',
  output_price: '',
  cache_read_price: '',
  cache_write_price: '',
  reasoning_price: '',
  audio_input_price: '',
  audio_output_price: '',
  audio_cache_read_price: '',
  request_price: '',
  image_price: '',
  web_search_price: '',
  tiers: [],
};

export function isTokenPrice(name: PriceName): name is TokenPriceName {
  return (tokenPriceNames as readonly PriceName[]).includes(name);
}

/** USD per token, per call, image or search of what was typed; null when it is no price. Exact. */
export function readPrice(typed: string, name: PriceName, unit: PriceUnit): string | null {
  const millionth = perTokenFromMillion(typed);
  return millionth !== null && (unit === 'token' || !isTokenPrice(name)) ? shiftDecimal(millionth, 6) : millionth;
}

/** A price as the form shows it. */
export function showPrice(price: string | null, name: PriceName, unit: PriceUnit): string {
  if (price === null) return '';
  return unit === 'million' && isTokenPrice(name) ? pricePerMillion(price) : price;
}

/** Stored or suggested prices as the form shows them. */
export function valuesOfPrices(prices: PriceSet, unit: PriceUnit): PriceValues {
  const plain = priceNames.map((name) => [name, showPrice(prices[fieldOfPrice[name]], name, unit)]);
  return { ...(Object.fromEntries(plain) as Record<PriceName, string>), price_unit: unit, tiers: prices.price_tiers.map(toValues) };

  function toValues(tier: PriceTier): TierValues {
    const texts = tokenPriceNames.map((name) => [name, showPrice(tier[fieldOfPrice[name]], name, unit)]);
    return { above: String(tier.above_prompt_tokens), ...(Object.fromEntries(texts) as Record<TokenPriceName, string>) };
  }
}

/** The prices of a body. What is no price is null; `settingsIssues` has told of it before. */
export function pricesBody(values: PriceValues): PriceSet {
  const read = (typed: string, name: PriceName) => (typed.trim() === '' ? null : readPrice(typed, name, values.price_unit));
  const plain = priceNames.map((name) => [fieldOfPrice[name], read(values[name], name)]);
  const price_tiers = values.tiers
    .map((tier) => ({
      above_prompt_tokens: Number(tier.above.replaceAll(',', '')),
      ...Object.fromEntries(tokenPriceNames.map((name) => [fieldOfPrice[name], read(tier[name], name)])),
    }))
    .sort((a, b) => a.above_prompt_tokens - b.above_prompt_tokens);
  return { ...Object.fromEntries(plain), price_tiers } as PriceSet;
}

/** The same prices, typed per another unit. What is no price stays as it was typed. */
export function changeUnit(values: PriceValues, unit: PriceUnit): PriceValues {
  const convert = (typed: string, name: PriceName) => {
    const price = typed.trim() === '' || !isTokenPrice(name) ? null : readPrice(typed, name, values.price_unit);
    return price === null ? typed : showPrice(price, name, unit);
  };
  const plain = priceNames.map((name) => [name, convert(values[name], name)]);
  const tiers = values.tiers.map((tier) => ({
    ...tier,
    ...Object.fromEntries(tokenPriceNames.map((name) => [name, convert(tier[name], name)])),
  }));
  return { ...(Object.fromEntries(plain) as Record<PriceName, string>), price_unit: unit, tiers };
}

/** Where the prices of the form come from: the suggestion while all of it stands as suggested, otherwise a person. */
export function priceSourceOf(values: PriceValues, suggested: SuggestedPrices | null): PriceSource {
  if (suggested === null) return 'manual';
  const now = pricesBody(values);
  const plain = priceNames.every((name) => isSame(now[fieldOfPrice[name]], suggested[fieldOfPrice[name]]));
  return plain && JSON.stringify(now.price_tiers) === JSON.stringify(suggested.price_tiers) ? suggested.source : 'manual';
}

function isSame(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : compareDecimals(a, b) === 0;
}
