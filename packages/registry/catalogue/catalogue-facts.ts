import type { UnitPriceTier } from '@pipelines/contracts';
import type { ProviderListing } from '@pipelines/providers';
import type { PlatformModelRow } from '../models/model-rows.ts';
import { isSameDecimal } from '../models/trim-decimal.ts';

/** What a source says of a model. Name, place and whether it is offered are ours. */
export type CatalogueFacts = Pick<
  PlatformModelRow,
  | 'contextTokens'
  | 'maxTokens'
  | 'jsonMode'
  | 'vision'
  | 'toolUse'
  | 'reasoning'
  | 'reasoningParameter'
  | 'reasoningEfforts'
  | 'inputModalities'
  | PriceFact
  | 'priceTiers'
  | 'retiresOn'
>;

type PriceFact = (typeof priceFacts)[number];

/** Prices beside tiers, as the source tells them. That of an image is no matter of its own there: see `readListedPrices`. */
export const priceFacts = [
  'inputCostPerToken',
  'outputCostPerToken',
  'cacheReadCostPerToken',
  'cacheWriteCostPerToken',
  'reasoningCostPerToken',
  'audioInputCostPerToken',
  'audioOutputCostPerToken',
  'audioCacheReadCostPerToken',
  'costPerRequest',
  'costPerWebSearch',
] as const;

export interface FactChange {
  /** The name in the API. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const nothingKnown: CatalogueFacts = {
  contextTokens: null,
  maxTokens: null,
  jsonMode: false,
  vision: false,
  toolUse: false,
  reasoning: false,
  reasoningParameter: null,
  reasoningEfforts: null,
  inputModalities: null,
  inputCostPerToken: null,
  outputCostPerToken: null,
  cacheReadCostPerToken: null,
  cacheWriteCostPerToken: null,
  reasoningCostPerToken: null,
  audioInputCostPerToken: null,
  audioOutputCostPerToken: null,
  audioCacheReadCostPerToken: null,
  costPerRequest: null,
  costPerWebSearch: null,
  priceTiers: [],
  retiresOn: null,
};

/** What the listing says, and where it is silent what was known before. */
export function factsOfListing(listing: ProviderListing, before: CatalogueFacts = nothingKnown): CatalogueFacts {
  const { capabilities, prices, thinking } = listing;
  const reasoning = capabilities?.reasoning ?? before.reasoning;
  return {
    contextTokens: listing.context_tokens ?? before.contextTokens,
    maxTokens: listing.maxOutputTokens ?? before.maxTokens,
    jsonMode: capabilities?.json_mode ?? before.jsonMode,
    vision: capabilities?.vision ?? before.vision,
    toolUse: capabilities?.tool_use ?? before.toolUse,
    reasoning,
    // OpenRouter turns the one into the other, so that an effort is understood everywhere.
    reasoningParameter: reasoning ? (before.reasoningParameter ?? 'effort') : null,
    reasoningEfforts: reasoning ? (thinking?.efforts ? [...thinking.efforts] : before.reasoningEfforts) : null,
    inputModalities: listing.inputModalities ? [...listing.inputModalities] : before.inputModalities,
    ...pricesOf(prices, before),
    // Silence here is an answer: it is not going to end.
    retiresOn: listing.retiresOn ?? null,
  };
}

function pricesOf(prices: ProviderListing['prices'], before: CatalogueFacts) {
  if (prices === null) {
    const plain = priceFacts.map((fact) => [fact, before[fact]]);
    return { ...(Object.fromEntries(plain) as Pick<CatalogueFacts, PriceFact>), priceTiers: before.priceTiers };
  }
  return {
    inputCostPerToken: prices.input,
    outputCostPerToken: prices.output,
    cacheReadCostPerToken: prices.cacheRead ?? null,
    cacheWriteCostPerToken: prices.cacheWrite ?? null,
    reasoningCostPerToken: prices.reasoning ?? null,
    audioInputCostPerToken: prices.audioInput ?? null,
    audioOutputCostPerToken: prices.audioOutput ?? null,
    audioCacheReadCostPerToken: prices.audioCacheRead ?? null,
    costPerRequest: prices.request ?? null,
    costPerWebSearch: prices.webSearch ?? null,
    priceTiers: [...(prices.tiers ?? [])],
  };
}

const names: Readonly<Record<keyof CatalogueFacts, string>> = {
  contextTokens: 'context_tokens',
  maxTokens: 'max_tokens',
  jsonMode: 'capabilities.json_mode',
  vision: 'capabilities.vision',
  toolUse: 'capabilities.tool_use',
  reasoning: 'capabilities.reasoning',
  reasoningParameter: 'reasoning_parameter',
  reasoningEfforts: 'reasoning_efforts',
  inputModalities: 'input_modalities',
  inputCostPerToken: 'input_cost_per_token',
  outputCostPerToken: 'output_cost_per_token',
  cacheReadCostPerToken: 'cache_read_cost_per_token',
  cacheWriteCostPerToken: 'cache_write_cost_per_token',
  reasoningCostPerToken: 'reasoning_cost_per_token',
  audioInputCostPerToken: 'audio_input_cost_per_token',
  audioOutputCostPerToken: 'audio_output_cost_per_token',
  audioCacheReadCostPerToken: 'audio_cache_read_cost_per_token',
  costPerRequest: 'cost_per_request',
  costPerWebSearch: 'cost_per_web_search',
  priceTiers: 'price_tiers',
  retiresOn: 'retires_on',
};
const decimals: ReadonlySet<string> = new Set(priceFacts);

/** Field by field. Decimals that are the same number are the same. */
export function diffFacts(before: CatalogueFacts, after: CatalogueFacts): FactChange[] {
  return (Object.keys(names) as (keyof CatalogueFacts)[]).flatMap((key) => {
    const pair = { before: before[key], after: after[key] };
    const same = decimals.has(key)
      ? isSameDecimal(pair.before as string | null, pair.after as string | null)
      : canonical(pair.before) === canonical(pair.after);
    return same ? [] : [{ field: names[key], ...pair }];
  });
}

/** The keys of a tier in one order, however a database has kept them. */
function canonical(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(value.map((item) => (isTier(item) ? tierKeys.map((key) => item[key] ?? null) : item)));
}

const tierKeys = [
  'abovePromptTokens',
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'audioInput',
  'audioOutput',
  'audioCacheRead',
] as const;

function isTier(value: unknown): value is UnitPriceTier {
  return typeof value === 'object' && value !== null && 'abovePromptTokens' in value;
}
