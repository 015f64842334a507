import type { ChatChunk, ChatCompletion, ToolCall } from '@pipelines/contracts';
import { createParser } from 'eventsource-parser';
import { CollectingSink } from './collecting-sink.ts';
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
  readonly #toolCalls: StreamedCall[] = [];
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
    const message = {
      role: 'assistant' as const,
      content: this.#text === '' && this.#toolCalls.length > 0 ? null : this.#text,
      ...(this.#thinking !== '' && { reasoning: this.#thinking }),
      ...(this.#toolCalls.length > 0 && { tool_calls: this.#toolCalls.map(toToolCall) }),
      ...this.#kept.fields,
    };
    return { id, object, created, model, choices: [{ index: 0, message, finish_reason: this.#finishReason }] };
  }

  #take(data: string): void {
    if (data === '[DONE]') return;
    const chunk = JSON.parse(data) as ChatChunk;
    if (chunk.error !== undefined) {
      this.broke = true;
      return;
    }
    this.#last = chunk;
    const choice = chunk.choices[0];
    if (choice === undefined) return;
    this.#finishReason = choice.finish_reason ?? this.#finishReason;
    const delta = choice.delta as Delta;
    const piece = { text: textOf(delta.content), thinking: textOf(delta.reasoning) || textOf(delta.reasoning_content) };
    for (const call of delta.tool_calls ?? []) this.#takeToolCall(call);
    this.#kept.take(choice.delta);
    this.#text += piece.text;
    this.#thinking += piece.thinking;
    if (piece.text !== '' || piece.thinking !== '') this.#onPiece(piece);
  }

  #takeToolCall({ index, id, function: called, extra_content }: ToolCallDelta): void {
    const at = index ?? this.#toolCalls.length;
    const call: StreamedCall = this.#toolCalls[at] ?? { id: '', name: '', arguments: '' };
    this.#toolCalls[at] = {
      id: id ?? call.id,
      name: called?.name ?? call.name,
      arguments: call.arguments + (called?.arguments ?? ''),
      extraContent: extra_content ?? call.extraContent,
    };
  }
}

interface StreamedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  /** What the provider wants back with the call, such as a signature. */
  readonly extraContent?: unknown;
}

interface ToolCallDelta {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
  readonly extra_content?: unknown;
}

interface Delta {
  readonly content?: unknown;
  readonly reasoning?: unknown;
  readonly reasoning_content?: unknown;
  readonly tool_calls?: readonly ToolCallDelta[];
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function toToolCall({ id, name, arguments: given, extraContent }: StreamedCall): ToolCall {
  const beside = extraContent === undefined ? {} : { extra_content: extraContent };
  return { id, type: 'function', function: { name, arguments: given }, ...beside };
}
