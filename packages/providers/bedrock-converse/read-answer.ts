import { randomUUID } from 'node:crypto';
import type { ReasoningDetail, ToolCall } from '@pipelines/contracts';
import type { AdapterTarget, RawResponse, ReadAnswer } from '../adapter.ts';
import { UpstreamError } from '../upstream-error.ts';
import type { ReasoningContent } from './converse-types.ts';
import { readConverseUsage, toChatUsage } from './converse-usage.ts';
import { toFinishReason } from './stop-reason.ts';

interface AnswerBlock {
  readonly text?: unknown;
  readonly toolUse?: { readonly toolUseId?: unknown; readonly name?: unknown; readonly input?: unknown };
  readonly reasoningContent?: ReasoningContent;
}

/** A Converse answer as a chat completion. */
export function readAnswer(response: RawResponse, target: AdapterTarget): ReadAnswer {
  const answer = parseAnswer(response);
  const blocks = answer.output?.message?.content;
  if (!Array.isArray(blocks)) throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'shape' });
  const usage = readConverseUsage(answer.usage);
  const finishReason = toFinishReason(answer.stopReason);
  const completion = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: target.providerModelId,
    choices: [{ index: 0, message: toMessage(blocks), logprobs: null, finish_reason: finishReason }],
    ...(usage === null ? {} : { usage: toChatUsage(usage) }),
  };
  return { completion, usage, finishReason };
}

interface ConverseAnswer {
  readonly output?: { readonly message?: { readonly content?: unknown } };
  readonly stopReason?: unknown;
  readonly usage?: unknown;
}

function parseAnswer(response: RawResponse): ConverseAnswer {
  try {
    const value: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The parser's message quotes the answer.
  }
  throw new UpstreamError('not_openai_shape', { status: response.status, detail: 'not_json' });
}

function toMessage(blocks: readonly AnswerBlock[]) {
  const text = blocks.map((block) => (typeof block.text === 'string' ? block.text : '')).join('');
  const calls = blocks.flatMap((block) => (block.toolUse === undefined ? [] : [toToolCall(block.toolUse)]));
  const thoughts = blocks.flatMap((block) => (block.reasoningContent === undefined ? [] : [block.reasoningContent]));
  return {
    role: 'assistant' as const,
    content: text === '' ? null : text,
    refusal: null,
    ...(thoughts.length === 0
      ? {}
      : {
          reasoning: thoughts.map((thought) => thought.reasoningText?.text ?? '').join(''),
          reasoning_details: thoughts.map(toReasoningDetail),
        }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function toToolCall(use: NonNullable<AnswerBlock['toolUse']>): ToolCall {
  return { id: String(use.toolUseId), type: 'function', function: { name: String(use.name), arguments: JSON.stringify(use.input ?? {}) } };
}

/** A thought as OpenRouter's clients know it; its signature lets it go back in the next turn. */
export function toReasoningDetail(thought: ReasoningContent, index: number): ReasoningDetail {
  if (thought.redactedContent !== undefined) return { type: 'reasoning.encrypted', data: thought.redactedContent, index };
  const { text, signature } = thought.reasoningText ?? {};
  return { type: 'reasoning.text', ...(text === undefined ? {} : { text }), ...(signature === undefined ? {} : { signature }), index };
}
