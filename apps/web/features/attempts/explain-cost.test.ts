import { expect, it } from 'vitest';
import { explainCost } from './explain-cost.ts';

const attempt = {
  prompt_tokens: 1_204,
  completion_tokens: 310,
  cached_tokens: null,
  cache_write_tokens: null,
  input_cost_per_token: '0.000002',
  output_cost_per_token: '0.000012',
  cache_read_cost_per_token: null,
  cache_write_cost_per_token: null,
  cost: '0.006128',
};

it('shows the formula, exact', () => {
  expect(explainCost(attempt)).toEqual({
    lines: [
      { label: 'Input', tokens: 1_204, price: '$2.00', amount: '$0.002408' },
      { label: 'Output', tokens: 310, price: '$12.00', amount: '$0.00372' },
    ],
    note: null,
  });
});

it('charges cached tokens apart, at their own price where there is one', () => {
  const cached = { ...attempt, cached_tokens: 1_000, cache_write_tokens: 100, cache_read_cost_per_token: '0.0000002', cost: '0.004328' };
  expect(explainCost(cached)).toEqual({
    lines: [
      { label: 'Input', tokens: 104, price: '$2.00', amount: '$0.000208' },
      { label: 'Input from cache', tokens: 1_000, price: '$0.20', amount: '$0.0002' },
      { label: 'Input written to cache', tokens: 100, price: '$2.00', amount: '$0.0002' },
      { label: 'Output', tokens: 310, price: '$12.00', amount: '$0.00372' },
    ],
    note: null,
  });
});

it('says when the cost is not the sum of its lines', () => {
  expect(explainCost({ ...attempt, cost: '0.005' }).note).toContain('own figure');
});

it('says that a cost without a price is unknown, and why', () => {
  expect(explainCost({ ...attempt, input_cost_per_token: null, output_cost_per_token: null, cost: null })).toEqual({
    lines: [],
    note: 'Unknown: the model had no price when this call was made. Unknown is not zero.',
  });
  expect(explainCost({ ...attempt, prompt_tokens: null, completion_tokens: null, cost: null }).note).toContain('no token counts');
});

it("says when the figure is the provider's", () => {
  expect(explainCost({ ...attempt, input_cost_per_token: null }).note).toBe('As the provider told it.');
});
