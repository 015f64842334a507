import type { TokenUsage } from '@pipelines/contracts';

/** The largest count that a row can hold; no model comes near it. */
const maxTokens = 2_147_483_647;
const decimalShape = /^\d{1,18}(\.\d{1,18})?$/;

/**
 * The usage as a provider tells it, if it can be true: a provider may be hostile or broken. Counts
 * that are negative, fractional, absurd or at odds with each other make the whole of it unknown; a
 * cost that is no plain decimal is dropped alone.
 */
export function checkUsage(usage: TokenUsage | null): TokenUsage | null {
  if (usage === null) return null;
  const { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, longCacheWriteTokens = null } = usage;
  const { reasoningTokens, providerCost } = usage;
  const { audioInputTokens = null, cachedAudioTokens = null, audioOutputTokens = null, webSearches = null } = usage;
  if (!isCount(promptTokens) || !isCount(completionTokens)) return null;
  if (![cachedTokens, cacheWriteTokens, longCacheWriteTokens, reasoningTokens].every(isCountOrNull)) return null;
  if ((cachedTokens ?? 0) + (cacheWriteTokens ?? 0) > promptTokens) return null;
  if ((longCacheWriteTokens ?? 0) > (cacheWriteTokens ?? 0)) return null;
  if (![audioInputTokens, cachedAudioTokens, audioOutputTokens, webSearches].every(isCountOrNull)) return null;
  if ((audioInputTokens ?? 0) > promptTokens || (audioOutputTokens ?? 0) > completionTokens) return null;
  if ((cachedAudioTokens ?? 0) > Math.min(audioInputTokens ?? 0, cachedTokens ?? 0)) return null;
  if (providerCost === null || decimalShape.test(providerCost)) return usage;
  return { ...usage, providerCost: null };
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= maxTokens;
}

function isCountOrNull(value: number | null): boolean {
  return value === null || isCount(value);
}
