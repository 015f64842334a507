import type { CreateModelBody, PriceSet, SuggestedPrices, UpdateModelBody } from '@pipelines/contracts';
import { isSamePriceSet, plainPrices, presentPrices, toPriceColumns } from '../price-book/unit-prices.ts';
import type { ModelRow } from './model-rows.ts';
import { isSameDecimal } from './trim-decimal.ts';

const nothing: PriceSet = {
  input_cost_per_token: null,
  output_cost_per_token: null,
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: null,
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
  cost_per_request: null,
  cost_per_image: null,
  cost_per_web_search: null,
  price_tiers: [],
};
const byHand = { priceSource: 'manual', priceDated: null, priceUrl: null } as const;

/** The prices of a new model. They keep a source's name only as long as they are what that source has suggested. */
export function pricesToSave(body: CreateModelBody, suggestion: SuggestedPrices | null) {
  const given = givenPrices(body);
  if (suggestion !== null && body.price_source === suggestion.source && isSuggested(given, suggestion)) {
    const { source, dated, url, ...suggested } = suggestion;
    return { ...toPriceColumns({ ...suggested, ...given }), priceSource: source, priceDated: dated, priceUrl: url };
  }
  const prices = { ...nothing, ...given };
  return { ...toPriceColumns(prices), ...byHand, ...(isSamePriceSet(prices, nothing) && { priceSource: null }) };
}

/** The columns of an edited model's prices; null where they stay the same, and where they came from with them. */
export function pricesToUpdate(model: ModelRow, body: UpdateModelBody) {
  const before = presentPrices(model);
  const prices = { ...before, ...givenPrices(body) };
  if (isSamePriceSet(prices, before)) return null;
  return { ...toPriceColumns(prices), ...byHand, ...(isSamePriceSet(prices, nothing) && { priceSource: null }) };
}

function givenPrices(body: Partial<PriceSet>): Partial<PriceSet> {
  const named = [...plainPrices, 'price_tiers' as const].filter((name) => body[name] !== undefined);
  return Object.fromEntries(named.map((name) => [name, body[name]]));
}

/** What is given is what was suggested, both ways among it. */
function isSuggested(given: Partial<PriceSet>, suggestion: SuggestedPrices): boolean {
  const hasBoth = given.input_cost_per_token !== undefined && given.output_cost_per_token !== undefined;
  return hasBoth && plainPrices.every((name) => given[name] === undefined || isSameDecimal(given[name], suggestion[name])) && sameTiers();

  function sameTiers(): boolean {
    const { price_tiers } = given;
    return price_tiers === undefined || isSamePriceSet({ ...nothing, price_tiers }, { ...nothing, price_tiers: suggestion.price_tiers });
  }
}
