import type { AnswerSink } from '../answer-sink.ts';

/** A sink that takes down what goes through it, up to a size, and hands it over at the end. It holds nothing back. */
export class RecordingSink implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #maxBytes: number;
  readonly #onEnd: (headers: Readonly<Record<string, string>>, bytes: Buffer) => void;
  #headers: Readonly<Record<string, string>> | null = null;
  #pieces: Uint8Array[] | null = [];
  #bytes = 0;

  /** @param onEnd called with a whole answer that fits; whether it is a good one, others know */
  constructor(sink: AnswerSink, maxBytes: number, onEnd: (headers: Readonly<Record<string, string>>, bytes: Buffer) => void) {
    this.#sink = sink;
    this.#maxBytes = maxBytes;
    this.#onEnd = onEnd;
  }

  get started(): boolean {
    return this.#sink.started;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    if (status === 200) this.#headers = headers;
    this.#sink.start(status, { ...headers, 'x-pipelines-cache': 'miss' });
  }

  write(bytes: Uint8Array): boolean {
    this.#take(bytes);
    return this.#sink.write(bytes);
  }

  onDrain(listener: () => void): void {
    this.#sink.onDrain(listener);
  }

  end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#take(bytes);
    if (this.#headers !== null && this.#pieces !== null) this.#onEnd(this.#headers, Buffer.concat(this.#pieces));
    this.#sink.end(bytes);
  }

  onClose(listener: () => void): void {
    this.#sink.onClose(listener);
  }

  #take(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) this.#pieces = null;
    else this.#pieces?.push(bytes);
  }
}
