import type { ChatUsage } from '@pipelines/contracts';

/** Token counts as Anthropic tells them: what came from a cache and what went into it stand apart. */
export interface MessageUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
  /** Where the provider has told of searches. */
  readonly server_tool_use?: { readonly web_search_requests: number };
  /** USD, where it is known. */
  readonly cost?: number | string;
}

/** Zeros where the provider has told nothing. */
export function toMessageUsage(usage: ChatUsage | null | undefined): MessageUsage {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  const written = usage?.prompt_tokens_details?.cache_write_tokens ?? 0;
  const searches = usage?.server_tool_use?.web_search_requests;
  return {
    input_tokens: Math.max(0, (usage?.prompt_tokens ?? 0) - cached - written),
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cached,
    output_tokens: usage?.completion_tokens ?? 0,
    ...(searches != null && { server_tool_use: { web_search_requests: searches } }),
    ...(usage?.cost != null && { cost: usage.cost }),
  };
}

const stopReasons: Readonly<Record<string, string>> = {
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal',
};

/** A finish reason in Anthropic's words. */
export function toStopReason(finishReason: string | null): string {
  return stopReasons[finishReason ?? ''] ?? 'end_turn';
}
