import type { PriceSet } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { describeDifferences, describePrices } from './describe-prices.ts';

const plain: PriceSet = {
  input_cost_per_token: '0.0000025',
  output_cost_per_token: null,
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: '0.00001',
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
  cost_per_request: null,
  cost_per_image: '0.002',
  cost_per_web_search: '0.01',
  price_tiers: [],
};
const tier = {
  above_prompt_tokens: 200_000,
  input_cost_per_token: '0.000005',
  output_cost_per_token: '0.00002',
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  reasoning_cost_per_token: null,
  audio_input_cost_per_token: null,
  audio_output_cost_per_token: null,
  audio_cache_read_cost_per_token: null,
};

it('tells every price that there is, and that an unknown one is unknown', () => {
  expect(describePrices({ ...plain, price_tiers: [tier] })).toEqual([
    { name: 'Input', text: '$2.50 per 1M' },
    { name: 'Output', text: 'unknown' },
    { name: 'Audio input', text: '$10.00 per 1M' },
    { name: 'Image', text: '$0.002 each' },
    { name: 'Web search', text: '$0.01 each' },
    { name: 'Above 200K', text: 'input $5.00, output $20.00 per 1M' },
  ]);
});

it('tells only what differs', () => {
  expect(describeDifferences(plain, { ...plain, output_cost_per_token: '0.00001', cost_per_image: null })).toEqual([
    { name: 'Output', before: 'unknown', after: '$10.00 per 1M' },
    { name: 'Image', before: '$0.002 each', after: 'none' },
  ]);
});
