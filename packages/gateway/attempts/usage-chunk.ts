import type { ChatChunk, ChatUsage, TokenUsage } from '@pipelines/contracts';

/** The last chunk of a stream whose caller asked for usage, as OpenAI sends it: no choices, all counts. */
export function toUsageChunk(last: ChatChunk, usage: TokenUsage, cost: string | null): ChatChunk {
  const { id, object, created, model } = last;
  return { id, object, created, model, choices: [], usage: toChatUsage(usage, cost) };
}

function toChatUsage(usage: TokenUsage, cost: string | null): ChatUsage {
  const { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...((cachedTokens !== null || cacheWriteTokens !== null) && {
      prompt_tokens_details: {
        ...(cachedTokens !== null && { cached_tokens: cachedTokens }),
        ...(cacheWriteTokens !== null && { cache_write_tokens: cacheWriteTokens }),
      },
    }),
    ...(reasoningTokens !== null && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
    ...(cost !== null && { cost: Number(cost) }),
  };
}
