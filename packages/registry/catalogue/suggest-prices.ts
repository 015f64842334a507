import type { ProviderId, SuggestedPrices } from '@pipelines/contracts';
import type { ProviderListing } from '@pipelines/providers';
import { calcPrice } from '@pydantic/genai-prices';

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
/** A larger probe would land in a tier for long contexts. */
const probeTokens = 1_000;

/** What is known of a model's prices: the provider's own list first, then genai-prices, else nothing. */
export function suggestPrices(
  provider: ProviderId,
  providerModelId: string,
  listing: ProviderListing | null,
  today: Date,
): SuggestedPrices | null {
  if (listing?.prices) {
    return {
      input_cost_per_token: listing.prices.input,
      output_cost_per_token: listing.prices.output,
      source: 'provider',
      dated: today.toISOString().slice(0, 10),
    };
  }
  const providerId = priceProviders[provider];
  if (!providerId) return null;
  const price = calcPrice({ input_tokens: probeTokens, output_tokens: probeTokens }, providerModelId, { providerId });
  if (!price || price.total_price <= 0) return null;
  return {
    input_cost_per_token: toDecimal(price.input_price / probeTokens),
    output_cost_per_token: toDecimal(price.output_price / probeTokens),
    source: 'genai-prices',
    dated: null,
  };
}

/** The package counts in floating point: prices have at most six digits that mean something, never seventeen. */
function toDecimal(perToken: number): string {
  return Number(perToken.toPrecision(9)).toFixed(15).replace(/0+$/, '').replace(/\.$/, '');
}
