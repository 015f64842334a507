import { expect, it } from 'vitest';
import { exactCost } from './stream-chat.ts';

it.each([
  ['0.000123', '0.000123'],
  [0.5, '0.5'],
  [1.5e-7, '0.00000015'],
  [2e-9, '0.000000002'],
  [0, '0'],
  [null, null],
  [undefined, null],
  ['n/a', null],
])('%j is the cost %j', (cost, exact) => {
  expect(exactCost(cost)).toBe(exact);
});
