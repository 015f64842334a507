import type { TokenUsage } from '@pipelines/contracts';
import { count, readServiceTier, readWebSearches } from '../read-usage.ts';

/** Anthropic counts cached tokens apart from `input_tokens`; we count all prompt tokens together. */
export function readMessagesUsage(value: unknown): TokenUsage | null {
  const usage = fieldsOf(value);
  const input = count(usage.input_tokens);
  const completionTokens = count(usage.output_tokens);
  if (input === null || completionTokens === null) return null;
  const cachedTokens = count(usage.cache_read_input_tokens);
  const cacheWriteTokens = count(usage.cache_creation_input_tokens);
  const writtenLong = count(fieldsOf(usage.cache_creation).ephemeral_1h_input_tokens);
  const longCacheWriteTokens = writtenLong === null || writtenLong > (cacheWriteTokens ?? 0) ? null : writtenLong;
  const promptTokens = count(input + (cachedTokens ?? 0) + (cacheWriteTokens ?? 0));
  if (promptTokens === null) return null;
  const reasoning = count(fieldsOf(usage.output_tokens_details).thinking_tokens);
  const reasoningTokens = reasoning === null || reasoning > completionTokens ? null : reasoning;
  const counts = { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, longCacheWriteTokens };
  // Another speed is another tier of prices, too.
  const serviceTier = readServiceTier(usage.service_tier) ?? readServiceTier(usage.speed);
  return { ...counts, reasoningTokens, webSearches: readWebSearches(usage), serviceTier, providerCost: null };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
