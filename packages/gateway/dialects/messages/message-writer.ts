import { randomUUID } from 'node:crypto';
import type { ChatChunk, ChatCompletion, ChatUsage, ReasoningDetail, ToolCall } from '@pipelines/contracts';
import type { OpenAiError } from '../../openai-error.ts';
import { toExtraThought } from '../extra-thought.ts';
import { readDelta } from '../said-delta.ts';
import { isToldInThoughts, readableThought, readSaidMessage } from '../said-message.ts';
import type { AnswerWriter } from '../translating-sink.ts';
import type { TypedEvent } from '../typed-events.ts';
import { BlockWriter } from './block-writer.ts';
import { toMessageUsage, toStopReason } from './message-usage.ts';
import { rewriteError } from './messages-error.ts';
import { type ThinkingBlock, toRedacted, toSignature } from './thinking-blocks.ts';

/** An answer as a message of Anthropic's, whole or in events. */
export class MessageWriter implements AnswerWriter {
  readonly #id = `msg_${randomUUID().replaceAll('-', '')}`;
  readonly #blocks = new BlockWriter();
  #started = false;
  #finishReason: string | null = null;
  #usage: ChatUsage | null = null;

  whole(completion: ChatCompletion): object {
    const { details, text, calls, finishReason } = readSaidMessage(completion);
    const content = [
      ...details.map(toThinkingBlock),
      ...(text === '' ? [] : [{ type: 'text', text }]),
      ...calls.flatMap((call) => toToolUse(call, details)),
    ];
    return { ...this.#head(completion.model, content, toStopReason(finishReason)), usage: toMessageUsage(completion.usage) };
  }

  take(chunk: ChatChunk): readonly TypedEvent[] {
    const begun = this.#begin(chunk.model);
    this.#usage = chunk.usage ?? this.#usage;
    const delta = readDelta(chunk);
    this.#finishReason = delta.finishReason ?? this.#finishReason;
    return [...begun, ...this.#blocks.take(delta)];
  }

  /** The counts come last, so the end of the message waits for them. */
  finish(): readonly TypedEvent[] {
    return [
      ...this.#begin(''),
      ...this.#blocks.finish(),
      {
        type: 'message_delta',
        delta: { stop_reason: toStopReason(this.#finishReason), stop_sequence: null },
        usage: toMessageUsage(this.#usage),
      },
      { type: 'message_stop' },
    ];
  }

  fail(error: OpenAiError['error']): readonly TypedEvent[] {
    return [rewriteError(error)];
  }

  #begin(model: string): readonly TypedEvent[] {
    if (this.#started) return [];
    this.#started = true;
    return [{ type: 'message_start', message: { ...this.#head(model, [], null), usage: toMessageUsage(null) } }, { type: 'ping' }];
  }

  #head(model: string, content: readonly object[], stopReason: string | null) {
    return { id: this.#id, type: 'message', role: 'assistant', model, content, stop_reason: stopReason, stop_sequence: null };
  }
}

function toThinkingBlock(detail: ReasoningDetail): ThinkingBlock {
  const thinking = readableThought(detail);
  return thinking === '' ? toRedacted(detail) : { type: 'thinking', thinking, signature: toSignature(detail) };
}

function toToolUse(call: ToolCall, details: readonly ReasoningDetail[]): readonly object[] {
  const { id, function: called, extra_content: extra } = call;
  const kept = extra == null || isToldInThoughts(id, details) ? [] : [toRedacted(toExtraThought(id, extra))];
  return [...kept, { type: 'tool_use', id, name: called.name, input: parseInput(called.arguments) }];
}

/** A model may have written what is no JSON: its words are not lost. */
function parseInput(text: string): object {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The parser's message quotes the arguments.
  }
  return { arguments: text };
}
