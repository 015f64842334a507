import type { TokenUsage } from '@pipelines/contracts';
import { count } from '../read-usage.ts';

/** Converse counts cached tokens apart from `inputTokens`; we count all prompt tokens together. */
export function readConverseUsage(value: unknown): TokenUsage | null {
  const usage = (value ?? {}) as Record<string, unknown>;
  const input = count(usage.inputTokens);
  const completionTokens = count(usage.outputTokens);
  if (input === null || completionTokens === null) return null;
  const cachedTokens = count(usage.cacheReadInputTokens);
  const cacheWriteTokens = count(usage.cacheWriteInputTokens);
  const promptTokens = count(input + (cachedTokens ?? 0) + (cacheWriteTokens ?? 0));
  if (promptTokens === null) return null;
  return { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens: null, providerCost: null };
}
