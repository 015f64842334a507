import type { ChatUsage, TokenUsage } from '@pipelines/contracts';
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

export function toChatUsage(usage: TokenUsage): ChatUsage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens ?? 0, cache_write_tokens: usage.cacheWriteTokens ?? 0 },
  };
}
