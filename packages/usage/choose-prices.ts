import type { TokenUsage, UnitPrices } from '@pipelines/contracts';

/** Unit prices of one call. */
export interface ChosenPrices extends UnitPrices {
  /** The tier that holds: that of prompts with more tokens than this. */
  readonly tierAboveTokens?: number;
}

/**
 * The prices that a call of this size is charged at: where its prompt is longer than tiers begin, what they
 * say, a later tier before an earlier one. The same object where no tier applies.
 */
export function choosePrices(usage: Pick<TokenUsage, 'promptTokens'>, prices: UnitPrices): ChosenPrices {
  const held = prices.tiers?.filter((tier) => usage.promptTokens > tier.abovePromptTokens) ?? [];
  if (held.length === 0) return prices;
  const { tiers: _tiers, ...plain } = prices;
  return held.reduce<ChosenPrices>(
    (chosen, { abovePromptTokens, input, output, cacheRead, cacheWrite, reasoning = null }) => ({
      ...chosen,
      tierAboveTokens: abovePromptTokens,
      input: input ?? chosen.input,
      output: output ?? chosen.output,
      // A tier that raises the input and says nothing of cached tokens does not make them dearer.
      cacheRead: cacheRead ?? chosen.cacheRead,
      cacheWrite: cacheWrite ?? chosen.cacheWrite,
      reasoning: reasoning ?? chosen.reasoning ?? null,
    }),
    plain,
  );
}
