import type { AnswerSink } from './answer-sink.ts';
import { fieldsOf } from './dialects/request-fields.ts';
import { cutAnswer } from './forms/cut-completion.ts';
import { streamHeaders } from './stream-headers.ts';

/** Takes a whole chat completion and hands it on as the stream that the caller asked for. */
export class CuttingSink implements AnswerSink {
  readonly #inner: AnswerSink;
  readonly #askedUsage: boolean;
  readonly #pieces: Uint8Array[] = [];

  constructor(inner: AnswerSink, askedUsage: boolean) {
    this.#inner = inner;
    this.#askedUsage = askedUsage;
  }

  get started(): boolean {
    return this.#inner.started;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    const { 'content-length': _, ...rest } = headers;
    this.#inner.start(status, { ...rest, ...streamHeaders });
  }

  write(bytes: Uint8Array): boolean {
    this.#pieces.push(bytes);
    return true;
  }

  end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#pieces.push(bytes);
    this.#inner.end(cutAnswer(fieldsOf(JSON.parse(Buffer.concat(this.#pieces).toString('utf8'))), this.#askedUsage));
  }

  onDrain(listener: () => void): void {
    this.#inner.onDrain(listener);
  }

  onClose(listener: () => void): void {
    this.#inner.onClose(listener);
  }
}
