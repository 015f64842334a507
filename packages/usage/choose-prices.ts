import type { TokenUsage, UnitPrices, UnitPriceTier } from '@pipelines/contracts';

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
  let chosen: ChosenPrices = plain;
  for (const tier of held) chosen = chargeAs(tier, chosen);
  return chosen;
}

function chargeAs(tier: UnitPriceTier, before: ChosenPrices): ChosenPrices {
  const { abovePromptTokens, input, output, cacheRead, cacheWrite, reasoning } = tier;
  return {
    ...before,
    tierAboveTokens: abovePromptTokens,
    input: input ?? before.input,
    output: output ?? before.output,
    // A tier that raises the input and says nothing of cached tokens does not make them dearer.
    cacheRead: cacheRead ?? before.cacheRead,
    cacheWrite: cacheWrite ?? before.cacheWrite,
    reasoning: reasoning ?? before.reasoning ?? null,
    audioInput: tier.audioInput ?? before.audioInput ?? null,
    audioOutput: tier.audioOutput ?? before.audioOutput ?? null,
    audioCacheRead: tier.audioCacheRead ?? before.audioCacheRead ?? null,
  };
}
