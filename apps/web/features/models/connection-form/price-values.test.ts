import type { PriceSet, SuggestedPrices } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { changeUnit, noPrices, priceSourceOf, pricesBody, valuesOfPrices } from './price-values.ts';

const tier = {
  above_prompt_tokens: 200_000,
  input_cost_per_token: '0.000006',
  output_cost_per_token: null,
  cache_read_cost_per_token: '0.0000006',
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: '0.00001',
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
};
const prices: PriceSet = {
  input_cost_per_token: '0.000003',
  output_cost_per_token: '0.000015',
  cache_read_cost_per_token: '0.0000003',
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: '0.00002',
  audio_input_cost_per_token: '0.000032',
  audio_output_cost_per_token: '0.000064',
  audio_cache_read_cost_per_token: '0.0000025',
  cost_per_request: '0.005',
  cost_per_image: null,
  cost_per_web_search: '0.01',
  price_tiers: [tier],
};

describe('prices as typed', () => {
  it.each(['million', 'token'] as const)('are the stored ones again, exact, per %s', (unit) => {
    expect(pricesBody(valuesOfPrices(prices, unit))).toEqual(prices);
  });

  it('stay the same when the unit changes, and what is no price stays as it was typed', () => {
    const values = { ...valuesOfPrices(prices, 'million'), image_price: '0.002', cache_write_price: 'much' };
    expect(values).toMatchObject({ input_price: '3.00', request_price: '0.005' });
    const perToken = changeUnit(values, 'token');
    expect(perToken).toMatchObject({ price_unit: 'token', input_price: '0.000003', request_price: '0.005', cache_write_price: 'much' });
    expect(perToken.tiers[0]).toMatchObject({ above: '200000', input_price: '0.000006', output_price: '' });
    expect(changeUnit(perToken, 'million')).toEqual(values);
  });

  it('are sent with their tiers in order', () => {
    const {
      price_unit: _unit,
      tiers: _tiers,
      request_price: _request,
      image_price: _image,
      web_search_price: _search,
      ...blank
    } = noPrices;
    const tiers = [
      { ...blank, above: '500,000', input_price: '3' },
      { ...blank, above: '1000', input_price: '2' },
    ];
    expect(pricesBody({ ...noPrices, tiers }).price_tiers.map((each) => each.above_prompt_tokens)).toEqual([1_000, 500_000]);
  });

  it("are the source's while all of them stand as it suggested", () => {
    const suggested = { ...prices, source: 'genai-prices', dated: null, url: null } as SuggestedPrices;
    const values = valuesOfPrices(prices, 'million');
    expect(priceSourceOf(values, suggested)).toBe('genai-prices');
    expect(priceSourceOf({ ...values, input_price: '3' }, suggested)).toBe('genai-prices');
    expect(priceSourceOf({ ...values, request_price: '' }, suggested)).toBe('manual');
    expect(priceSourceOf({ ...values, tiers: [] }, suggested)).toBe('manual');
    expect(priceSourceOf(values, null)).toBe('manual');
  });
});
