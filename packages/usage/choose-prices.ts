import type { TokenUsage, UnitPrices } from '@pipelines/contracts';

/**
 * The prices that a call of this size is charged at: where its prompt is longer than tiers begin, what they
 * say, a later tier before an earlier one. The same object where no tier applies.
 */
export function choosePrices(usage: Pick<TokenUsage, 'promptTokens'>, prices: UnitPrices): UnitPrices {
  const tiers = prices.tiers?.filter((tier) => usage.promptTokens > tier.abovePromptTokens) ?? [];
  if (tiers.length === 0) return prices;
  return tiers.reduce<UnitPrices>(
    (chosen, { input, output, cacheRead, cacheWrite }) => ({
      input: input ?? chosen.input,
      output: output ?? chosen.output,
      // A tier that raises the input and says nothing of cached tokens does not make them dearer.
      cacheRead: cacheRead ?? chosen.cacheRead,
      cacheWrite: cacheWrite ?? chosen.cacheWrite,
    }),
    { input: prices.input, output: prices.output, cacheRead: prices.cacheRead, cacheWrite: prices.cacheWrite },
  );
}
