import { expect, it } from 'vitest';
import { startOf } from './__fixtures__/sample-calls.ts';
import { estimateCost } from './estimate-cost.ts';

const expectedTokens = { prompt: 1_000, answer: 100 };

it('takes a call for what its budgets hold for it', () => {
  expect(estimateCost(startOf('o', { reservedCost: '0.5', expectedTokens }))).toBe('0.5');
});

it('takes it for what its tokens, its request and its images cost where no budget holds it', () => {
  expect(estimateCost(startOf('o', { expectedTokens }))).toBe('0.0012');
  const prices = { ...startOf('o').prices, request: '0.01', image: '0.1' };
  expect(estimateCost(startOf('o', { expectedTokens, prices, images: 2 }))).toBe('0.2112');
});

it('knows nothing where a price is unknown or no tokens are expected', () => {
  expect(estimateCost(startOf('o', { expectedTokens, prices: { ...startOf('o').prices, output: null } }))).toBeNull();
  expect(estimateCost(startOf('o'))).toBeNull();
});
