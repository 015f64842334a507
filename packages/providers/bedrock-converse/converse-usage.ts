import type { TokenUsage } from '@pipelines/contracts';
import { count, readServiceTier } from '../read-usage.ts';

/** Converse counts cached tokens apart from `inputTokens`; we count all prompt tokens together. `serviceTier` stands beside the usage. */
export function readConverseUsage(value: unknown, serviceTier?: unknown): TokenUsage | null {
  const usage = (value ?? {}) as Record<string, unknown>;
  const input = count(usage.inputTokens);
  const completionTokens = count(usage.outputTokens);
  if (input === null || completionTokens === null) return null;
  const cachedTokens = count(usage.cacheReadInputTokens);
  const cacheWriteTokens = count(usage.cacheWriteInputTokens);
  const longCacheWriteTokens = countLong(usage.cacheDetails, cacheWriteTokens ?? 0);
  const promptTokens = count(input + (cachedTokens ?? 0) + (cacheWriteTokens ?? 0));
  if (promptTokens === null) return null;
  const counts = { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, longCacheWriteTokens };
  const tier = readServiceTier((serviceTier as { type?: unknown } | null | undefined)?.type);
  return { ...counts, reasoningTokens: null, serviceTier: tier, providerCost: null };
}

/** Of the tokens that were written to the cache, those that stay for an hour; null where that is not told, or cannot be. */
function countLong(details: unknown, written: number): number | null {
  if (!Array.isArray(details)) return null;
  const long = details.find((detail) => (detail as { ttl?: unknown } | null)?.ttl === '1h') as { inputTokens?: unknown } | undefined;
  const told = long === undefined ? 0 : count(long.inputTokens);
  return told === null || told > written ? null : told;
}
