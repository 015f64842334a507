import type { ChatChunk, ChatCompletion, ToolCall } from '@pipelines/contracts';
import { createParser } from 'eventsource-parser';
import { CollectingSink } from './collecting-sink.ts';
import { parseChunk } from './dialects/parse-chunk.ts';
import { type CallDelta, readDelta } from './dialects/said-delta.ts';
import { KeptThoughts } from './kept-thoughts.ts';

/** What has come of an answer since the last piece. */
export interface AnswerPiece {
  readonly text: string;
  readonly thinking: string;
}

/** A streamed answer that is told piece by piece as it comes, and put together to the whole that an unstreamed call gives. */
export class StreamingSink extends CollectingSink {
  /** The stream has told of an error instead of its end. */
  broke = false;
  readonly #onPiece: (piece: AnswerPiece) => void;
  readonly #decoder = new TextDecoder();
  readonly #parser = createParser({ onEvent: ({ data }) => this.#take(data) });
  /** By the index that the provider gives them. */
  readonly #toolCalls = new Map<number, StreamedCall>();
  readonly #kept = new KeptThoughts();
  #last: ChatChunk | null = null;
  #text = '';
  #thinking = '';
  #finishReason: string | null = null;

  constructor(signal: AbortSignal, onPiece: (piece: AnswerPiece) => void) {
    super(signal);
    this.#onPiece = onPiece;
  }

  override write(bytes: Uint8Array): boolean {
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
    return true;
  }

  override end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.write(bytes);
    super.end();
  }

  get completion(): ChatCompletion {
    const { id = '', object = '', created = 0, model = '' } = this.#last ?? {};
    const calls = [...this.#toolCalls].sort(([one], [other]) => one - other).map(([, call]) => toToolCall(call));
    const message = {
      role: 'assistant' as const,
      content: this.#text === '' && calls.length > 0 ? null : this.#text,
      ...(this.#thinking !== '' && { reasoning: this.#thinking }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...this.#kept.fields,
    };
    return { id, object, created, model, choices: [{ index: 0, message, finish_reason: this.#finishReason }] };
  }

  #take(data: string): void {
    const chunk = parseChunk(data);
    if (chunk === null) return;
    if (chunk.error !== undefined) {
      this.broke = true;
      return;
    }
    this.#last = chunk;
    const { text, thinking, calls, finishReason } = readDelta(chunk);
    this.#finishReason = finishReason ?? this.#finishReason;
    for (const call of calls) this.#takeToolCall(call);
    for (const { delta } of chunk.choices.slice(0, 1)) this.#kept.take(delta);
    this.#text += text;
    this.#thinking += thinking;
    if (text !== '' || thinking !== '') this.#onPiece({ text, thinking });
  }

  #takeToolCall({ index, id, name, arguments: given, extraContent }: CallDelta): void {
    const at = index ?? this.#toolCalls.size;
    const call: StreamedCall = this.#toolCalls.get(at) ?? { id: '', name: '', arguments: '' };
    this.#toolCalls.set(at, {
      id: id ?? call.id,
      name: name ?? call.name,
      arguments: call.arguments + given,
      extraContent: extraContent ?? call.extraContent,
    });
  }
}

interface StreamedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  /** What the provider wants back with the call, such as a signature. */
  readonly extraContent?: unknown;
}

function toToolCall({ id, name, arguments: given, extraContent }: StreamedCall): ToolCall {
  const beside = extraContent === undefined ? {} : { extra_content: extraContent };
  return { id, type: 'function', function: { name, arguments: given }, ...beside };
}
