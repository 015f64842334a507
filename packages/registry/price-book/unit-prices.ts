import type { PriceSet, PriceSource, PriceTier, UnitPrices, UnitPriceTier } from '@pipelines/contracts';
import { isSameDecimal, trimDecimal } from '../models/trim-decimal.ts';

/** The prices of a row, as columns have them. */
export interface PriceColumns {
  readonly inputCostPerToken: string | null;
  readonly outputCostPerToken: string | null;
  readonly cacheReadCostPerToken: string | null;
  readonly cacheWriteCostPerToken: string | null;
  readonly reasoningCostPerToken: string | null;
  readonly audioInputCostPerToken: string | null;
  readonly audioOutputCostPerToken: string | null;
  readonly audioCacheReadCostPerToken: string | null;
  readonly costPerRequest: string | null;
  readonly costPerImage: string | null;
  readonly costPerWebSearch: string | null;
  readonly priceTiers: UnitPriceTier[];
}

/** A column and a field of the API, for each price but the tiers. */
const names = {
  inputCostPerToken: 'input_cost_per_token',
  outputCostPerToken: 'output_cost_per_token',
  cacheReadCostPerToken: 'cache_read_cost_per_token',
  cacheWriteCostPerToken: 'cache_write_cost_per_token',
  reasoningCostPerToken: 'reasoning_cost_per_token',
  audioInputCostPerToken: 'audio_input_cost_per_token',
  audioOutputCostPerToken: 'audio_output_cost_per_token',
  audioCacheReadCostPerToken: 'audio_cache_read_cost_per_token',
  costPerRequest: 'cost_per_request',
  costPerImage: 'cost_per_image',
  costPerWebSearch: 'cost_per_web_search',
} as const satisfies Record<Exclude<keyof PriceColumns, 'priceTiers'>, Exclude<keyof PriceSet, 'price_tiers'>>;
const columns = Object.keys(names) as (keyof typeof names)[];

/** The fields of the API that are single prices. */
export const plainPrices = Object.values(names);

/** The columns of a row that are single prices, and nothing else of it. */
export function plainColumnsOf(row: PriceColumns): Omit<PriceColumns, 'priceTiers'> {
  return Object.fromEntries(columns.map((column) => [column, row[column]])) as Omit<PriceColumns, 'priceTiers'>;
}

/** What calls of a model are charged at. */
export function toUnitPrices(row: PriceColumns & { readonly priceSource: PriceSource | null }): UnitPrices {
  return {
    input: trimDecimal(row.inputCostPerToken),
    output: trimDecimal(row.outputCostPerToken),
    cacheRead: trimDecimal(row.cacheReadCostPerToken),
    cacheWrite: trimDecimal(row.cacheWriteCostPerToken),
    reasoning: trimDecimal(row.reasoningCostPerToken),
    request: trimDecimal(row.costPerRequest),
    image: trimDecimal(row.costPerImage),
    audioInput: trimDecimal(row.audioInputCostPerToken),
    audioOutput: trimDecimal(row.audioOutputCostPerToken),
    audioCacheRead: trimDecimal(row.audioCacheReadCostPerToken),
    webSearch: trimDecimal(row.costPerWebSearch),
    source: row.priceSource,
    ...(row.priceTiers.length > 0 && { tiers: row.priceTiers }),
  };
}

/** The prices of a row in the words of the API. */
export function presentPrices(row: PriceColumns): PriceSet {
  const plain = columns.map((column) => [names[column], trimDecimal(row[column])]);
  return { ...Object.fromEntries(plain), price_tiers: row.priceTiers.map(presentTier) } as PriceSet;
}

/** The prices of the API as columns. */
export function toPriceColumns(prices: PriceSet): PriceColumns {
  const plain = columns.map((column) => [column, prices[names[column]]]);
  return { ...Object.fromEntries(plain), priceTiers: prices.price_tiers.map(toUnitTier) } as PriceColumns;
}

/** Whether they charge the same, however their decimals are written. */
export function isSamePriceSet(a: PriceSet, b: PriceSet): boolean {
  return (
    plainPrices.every((name) => isSameDecimal(a[name], b[name])) &&
    a.price_tiers.length === b.price_tiers.length &&
    a.price_tiers.every((tier, index) => isSameTier(tier, b.price_tiers[index] as PriceTier))
  );
}

export function presentTier(tier: UnitPriceTier): PriceTier {
  return {
    above_prompt_tokens: tier.abovePromptTokens,
    input_cost_per_token: tier.input,
    output_cost_per_token: tier.output,
    cache_read_cost_per_token: tier.cacheRead,
    cache_write_cost_per_token: tier.cacheWrite,
    reasoning_cost_per_token: tier.reasoning ?? null,
    audio_input_cost_per_token: tier.audioInput ?? null,
    audio_output_cost_per_token: tier.audioOutput ?? null,
    audio_cache_read_cost_per_token: tier.audioCacheRead ?? null,
  };
}

function toUnitTier(tier: PriceTier): UnitPriceTier {
  return {
    abovePromptTokens: tier.above_prompt_tokens,
    input: tier.input_cost_per_token,
    output: tier.output_cost_per_token,
    cacheRead: tier.cache_read_cost_per_token,
    cacheWrite: tier.cache_write_cost_per_token,
    reasoning: tier.reasoning_cost_per_token,
    audioInput: tier.audio_input_cost_per_token,
    audioOutput: tier.audio_output_cost_per_token,
    audioCacheRead: tier.audio_cache_read_cost_per_token,
  };
}

function isSameTier(a: PriceTier, b: PriceTier): boolean {
  const { above_prompt_tokens: above, ...plain } = a;
  return above === b.above_prompt_tokens && (Object.keys(plain) as (keyof typeof plain)[]).every((name) => isSameDecimal(a[name], b[name]));
}
