import type { ChatChunk, ChatCompletion } from '@pipelines/contracts';
import { createParser } from 'eventsource-parser';
import type { AnswerSink } from '../answer-sink.ts';
import type { OpenAiError } from '../openai-error.ts';
import { parseChunk } from './parse-chunk.ts';
import { encodeEvents, type TypedEvent } from './typed-events.ts';

/** Writes one answer, which comes as a chat, in another dialect. */
export interface AnswerWriter {
  /** A whole answer as the body of this dialect. */
  whole(completion: ChatCompletion): object;
  /** What the next chunk of a stream says. */
  take(chunk: ChatChunk): readonly TypedEvent[];
  /** The stream is over, and its answer whole. */
  finish(): readonly TypedEvent[];
  /** The stream has told of an error instead of its end. */
  fail(error: OpenAiError['error']): readonly TypedEvent[];
}

/** Takes the bytes of a chat and hands them on in the words of another dialect, at the same pace. */
export class TranslatingSink implements AnswerSink {
  readonly #inner: AnswerSink;
  readonly #writer: AnswerWriter;
  readonly #keepAlive: Uint8Array;
  readonly #decoder = new TextDecoder();
  readonly #parser = createParser({ onEvent: ({ data }) => this.#take(data), onComment: () => this.#pieces.push(this.#keepAlive) });
  #pieces: Uint8Array[] = [];
  #head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | null = null;
  #streams = false;
  /** The writer has told how the stream ends. */
  #isOver = false;

  constructor(inner: AnswerSink, writer: AnswerWriter, keepAlive: Uint8Array) {
    this.#inner = inner;
    this.#writer = writer;
    this.#keepAlive = keepAlive;
  }

  get started(): boolean {
    return this.#head !== null;
  }

  /** The head of an answer that is not streamed waits for its length. */
  start(status: number, headers: Readonly<Record<string, string>>): void {
    this.#head = { status, headers };
    this.#streams = (headers['content-type'] ?? '').startsWith('text/event-stream');
    if (this.#streams) this.#inner.start(status, headers);
  }

  write(bytes: Uint8Array): boolean {
    if (!this.#streams) {
      this.#pieces.push(bytes);
      return true;
    }
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
    return this.#flush();
  }

  end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.write(bytes);
    if (this.#streams) this.#endStream();
    else this.#endWhole();
  }

  onDrain(listener: () => void): void {
    this.#inner.onDrain(listener);
  }

  onClose(listener: () => void): void {
    this.#inner.onClose(listener);
  }

  #take(data: string): void {
    if (this.#isOver) return;
    const chunk = parseChunk(data);
    if (data === '[DONE]') this.#sayLast(this.#writer.finish());
    else if (chunk?.error != null) this.#sayLast(this.#writer.fail(chunk.error));
    else if (chunk !== null) this.#say(this.#writer.take(chunk));
  }

  #sayLast(events: readonly TypedEvent[]): void {
    this.#isOver = true;
    this.#say(events);
  }

  #say(events: readonly TypedEvent[]): void {
    if (events.length > 0) this.#pieces.push(encodeEvents(events));
  }

  #flush(): boolean {
    if (this.#pieces.length === 0) return true;
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return this.#inner.write(bytes);
  }

  /** Some servers end a whole stream without `[DONE]`; one that broke off has told so by now. */
  #endStream(): void {
    if (!this.#isOver) this.#sayLast(this.#writer.finish());
    this.#flush();
    this.#inner.end();
  }

  #endWhole(): void {
    const { status = 200, headers = {} } = this.#head ?? {};
    const completion = JSON.parse(Buffer.concat(this.#pieces).toString('utf8')) as ChatCompletion;
    const bytes = Buffer.from(JSON.stringify(this.#writer.whole(completion)));
    this.#inner.start(status, { ...headers, 'content-length': String(bytes.length) });
    this.#inner.end(bytes);
  }
}
