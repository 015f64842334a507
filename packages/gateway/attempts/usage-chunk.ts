import type { ChatChunk, ChatUsage, TokenUsage } from '@pipelines/contracts';

/** The last chunk of a stream whose caller asked for usage, as OpenAI sends it: no choices, all counts. */
export function toUsageChunk(last: ChatChunk, usage: TokenUsage, cost: string | null): ChatChunk {
  const { id, object, created, model } = last;
  return { id, object, created, model, choices: [], usage: toChatUsage(usage, cost) };
}

function toChatUsage(usage: TokenUsage, cost: string | null): ChatUsage {
  const { promptTokens, completionTokens } = usage;
  const promptDetails = told({
    cached_tokens: usage.cachedTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    audio_tokens: usage.audioInputTokens,
  });
  const answerDetails = told({ reasoning_tokens: usage.reasoningTokens, audio_tokens: usage.audioOutputTokens });
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    ...(promptDetails !== null && { prompt_tokens_details: promptDetails }),
    ...(answerDetails !== null && { completion_tokens_details: answerDetails }),
    ...(usage.webSearches != null && { server_tool_use: { web_search_requests: usage.webSearches } }),
    ...(cost !== null && { cost: Number(cost) }),
  };
}

/** The counts that are known; null: none is. */
function told(counts: Readonly<Record<string, number | null | undefined>>): Record<string, number> | null {
  const known = Object.entries(counts).filter((entry): entry is [string, number] => entry[1] != null);
  return known.length === 0 ? null : Object.fromEntries(known);
}
