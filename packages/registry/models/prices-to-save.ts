import type { PriceSource } from '@pipelines/contracts';
import { isSameDecimal } from './trim-decimal.ts';

interface GivenPrices {
  readonly input_cost_per_token?: string | null | undefined;
  readonly output_cost_per_token?: string | null | undefined;
  readonly price_source?: PriceSource | undefined;
}

interface Suggestion {
  readonly suggestedInputCost: string | null;
  readonly suggestedOutputCost: string | null;
}

/** Prices as a row holds them. They keep a source's name only as long as they are what that source has suggested. */
export function pricesToSave(given: GivenPrices, suggestion: Suggestion | null) {
  const inputCostPerToken = given.input_cost_per_token ?? null;
  const outputCostPerToken = given.output_cost_per_token ?? null;
  const asSuggested =
    suggestion !== null &&
    isSameDecimal(inputCostPerToken, suggestion.suggestedInputCost) &&
    isSameDecimal(outputCostPerToken, suggestion.suggestedOutputCost);
  const known = inputCostPerToken !== null || outputCostPerToken !== null;
  const source: PriceSource = asSuggested ? (given.price_source ?? 'manual') : 'manual';
  return { inputCostPerToken, outputCostPerToken, priceSource: known ? source : null };
}
