import Big from 'big.js';
import type { AskedModel } from './ask-model.ts';

/** Exact, in USD; null where one of the answered calls has no known cost. */
export function sumCosts(asked: readonly AskedModel[]): string | null {
  const costs = asked.filter(({ error }) => error === null).map(({ cost }) => cost);
  const known = costs.filter((cost) => cost !== null);
  if (known.length === 0 || known.length < costs.length) return null;
  return known.reduce((sum, cost) => sum.plus(cost), new Big(0)).toFixed();
}
