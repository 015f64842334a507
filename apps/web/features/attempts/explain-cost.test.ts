import { expect, it } from 'vitest';
import { explainCost } from './explain-cost.ts';

const attempt = {
  prompt_tokens: 1_204,
  completion_tokens: 310,
  input_cost_per_token: '0.000002',
  output_cost_per_token: '0.000012',
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

it('says when the cost is not the plain sum', () => {
  expect(explainCost({ ...attempt, cost: '0.005' }).note).toContain('cached');
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
