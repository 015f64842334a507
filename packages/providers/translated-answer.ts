import { randomUUID } from 'node:crypto';
import type { ChatChunk, ChatUsage, ReasoningDetail, TokenUsage, ToolCall } from '@pipelines/contracts';
import type { RawResponse, ReadAnswer } from './adapter.ts';
import { UpstreamError } from './upstream-error.ts';

/** A JSON object that came with a 2xx. Throws `not_openai_shape` for anything else. */
export function parseAnswerObject(response: RawResponse): Readonly<Record<string, unknown>> {
  let detail = 'not_json';
  try {
    const value: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    detail = 'shape';
  } catch {
    // The parser's message quotes the answer.
  }
  throw new UpstreamError('not_openai_shape', { status: response.status, detail });
}

/** What a model has said, before it is written as a chat completion. */
export interface SaidMessage {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** Null where no thinking came with the answer. */
  readonly thoughts: { readonly text: string; readonly details: readonly ReasoningDetail[] } | null;
  /** Further fields of the message. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A whole answer of a foreign dialect as a chat completion. */
export function toReadAnswer(model: string, said: SaidMessage, finishReason: string, usage: TokenUsage | null): ReadAnswer {
  const { text, toolCalls, thoughts, extra = {} } = said;
  const message = {
    role: 'assistant' as const,
    content: text === '' ? null : text,
    refusal: null,
    ...(thoughts === null ? {} : { reasoning: thoughts.text, reasoning_details: thoughts.details }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
    ...extra,
  };
  const completion = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: nowSeconds(),
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    ...(usage === null ? {} : { usage: toChatUsage(usage) }),
  };
  return { completion, usage, finishReason };
}

/** Writes the chunks of one translated stream: all with the same head. */
export function chunkMaker(model: string): (delta: Record<string, unknown>, finishReason?: string) => ChatChunk {
  const head = { id: `chatcmpl-${randomUUID()}`, object: 'chat.completion.chunk', created: nowSeconds(), model };
  return (delta, finishReason) => ({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason ?? null }] });
}

function toChatUsage(usage: TokenUsage): ChatUsage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedTokens ?? 0,
      cache_write_tokens: usage.cacheWriteTokens ?? 0,
      ...(usage.audioInputTokens != null && { audio_tokens: usage.audioInputTokens }),
    },
    ...answerDetails(usage),
    ...(usage.webSearches != null && { server_tool_use: { web_search_requests: usage.webSearches } }),
  };
}

function answerDetails({ reasoningTokens, audioOutputTokens = null }: TokenUsage): Pick<ChatUsage, 'completion_tokens_details'> {
  if (reasoningTokens === null && audioOutputTokens === null) return {};
  return {
    completion_tokens_details: {
      ...(reasoningTokens !== null && { reasoning_tokens: reasoningTokens }),
      ...(audioOutputTokens !== null && { audio_tokens: audioOutputTokens }),
    },
  };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
