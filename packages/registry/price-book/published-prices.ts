import type { PriceTier, ProviderId } from '@pipelines/contracts';
import { calcPrice, type ModelPrice } from '@pydantic/genai-prices';
import type { SourcePrices } from './sourced-prices.ts';

/** Where genai-prices knows a provider's prices; at any other endpoint a price cannot be known. */
const priceProviders: Partial<Record<ProviderId, string>> = {
  fireworks: 'fireworks',
  together: 'together',
  bedrock: 'aws',
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  openrouter: 'openrouter',
};

const fields = {
  input_mtok: 'input_cost_per_token',
  output_mtok: 'output_cost_per_token',
  cache_read_mtok: 'cache_read_cost_per_token',
  cache_write_mtok: 'cache_write_cost_per_token',
  output_reasoning_mtok: 'reasoning_cost_per_token',
  input_audio_mtok: 'audio_input_cost_per_token',
  output_audio_mtok: 'audio_output_cost_per_token',
  cache_audio_read_mtok: 'audio_cache_read_cost_per_token',
} as const;
const keys = Object.keys(fields) as (keyof typeof fields)[];

/** What genai-prices says of a model, its tiers for long prompts included; null where it does not know it. */
export function readPublishedPrices(provider: ProviderId, providerModelId: string): SourcePrices | null {
  const providerId = priceProviders[provider];
  if (!providerId) return null;
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, providerModelId, { providerId });
  const { input_mtok, output_mtok } = found?.model_price ?? {};
  if (!found || input_mtok === undefined || output_mtok === undefined || found.total_price <= 0) return null;
  const base = keys.flatMap((key): [string, string][] => {
    const price = found.model_price[key];
    return price === undefined ? [] : [[fields[key], perOne(typeof price === 'number' ? price : price.base, million)]];
  });
  const searches = found.model_price.web_searches_kcount;
  const prices = {
    ...Object.fromEntries(base),
    ...(typeof searches === 'number' && { cost_per_web_search: perOne(searches, 1_000) }),
    price_tiers: readTiers(found.model_price),
  } as SourcePrices['prices'];
  return { prices, source: 'genai-prices', dated: null, url: found.provider.pricing_urls?.[0] ?? null };
}

/** Each price has its own tiers there; with us a tier has its prices. */
function readTiers(price: ModelPrice): PriceTier[] {
  const tiers = new Map<number, PriceTier>();
  for (const key of keys) {
    const tiered = price[key];
    if (tiered === undefined || typeof tiered === 'number') continue;
    for (const { start, price: perMillion } of tiered.tiers) {
      const known = tiers.get(start) ?? { ...noPrices, above_prompt_tokens: start };
      tiers.set(start, { ...known, [fields[key]]: perOne(perMillion, million) });
    }
  }
  return [...tiers.values()].sort((a, b) => a.above_prompt_tokens - b.above_prompt_tokens);
}

const noPrices = {
  input_cost_per_token: null,
  output_cost_per_token: null,
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: null,
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
};

const million = 1_000_000;

/** The package counts in floating point: prices have at most six digits that mean something, never seventeen. */
function perOne(price: number, of: number): string {
  return Number((price / of).toPrecision(9))
    .toFixed(15)
    .replace(/0+$/, '')
    .replace(/\.$/, '');
}
