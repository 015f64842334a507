import type { AttemptStart } from '@pipelines/contracts';
import { calculateCost } from './calculate-cost.ts';

/**
 * What a call is taken for before it goes out, USD: what its budgets hold for it, or what the tokens cost that it may take.
 * Null where a price is unknown, or no tokens are expected.
 */
export function estimateCost({ reservedCost, expectedTokens, prices, images }: AttemptStart): string | null {
  if (reservedCost != null) return reservedCost;
  if (expectedTokens === undefined) return null;
  const usage = {
    promptTokens: expectedTokens.prompt,
    completionTokens: expectedTokens.answer,
    cachedTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    providerCost: null,
  };
  return calculateCost(usage, prices, images ?? null);
}
