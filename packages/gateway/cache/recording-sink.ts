import type { AnswerSink } from '../answer-sink.ts';
import { ForwardingSink } from '../forwarding-sink.ts';

/** A sink that takes down what goes through it, up to a size, and hands it over at the end. */
export class RecordingSink extends ForwardingSink {
  readonly #maxBytes: number;
  readonly #onEnd: (headers: Readonly<Record<string, string>>, bytes: Buffer) => void;
  #headers: Readonly<Record<string, string>> | null = null;
  #pieces: Uint8Array[] | null = [];
  #bytes = 0;

  /** @param onEnd called with a whole answer that fits; whether it is a good one, others know */
  constructor(sink: AnswerSink, maxBytes: number, onEnd: (headers: Readonly<Record<string, string>>, bytes: Buffer) => void) {
    super(sink);
    this.#maxBytes = maxBytes;
    this.#onEnd = onEnd;
  }

  override start(status: number, headers: Readonly<Record<string, string>>): void {
    if (status === 200) this.#headers = headers;
    super.start(status, { ...headers, 'x-pipelines-cache': 'miss' });
  }

  override write(bytes: Uint8Array): boolean {
    this.#take(bytes);
    return super.write(bytes);
  }

  override end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#take(bytes);
    if (this.#headers !== null && this.#pieces !== null) this.#onEnd(this.#headers, Buffer.concat(this.#pieces));
    super.end(bytes);
  }

  #take(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) this.#pieces = null;
    else this.#pieces?.push(bytes);
  }
}
