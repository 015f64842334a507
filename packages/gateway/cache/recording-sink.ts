import type { AnswerSink } from '../answer-sink.ts';
import { CollectedBody } from '../collected-body.ts';
import { ForwardingSink } from '../forwarding-sink.ts';

/** A sink that takes down what goes through it, up to a size, and hands it over at the end. */
export class RecordingSink extends ForwardingSink {
  readonly #onEnd: (headers: Readonly<Record<string, string>>, bytes: Buffer) => void;
  #headers: Readonly<Record<string, string>> | null = null;
  readonly #body: CollectedBody;

  /** @param onEnd called with a whole answer that fits; whether it is a good one, others know */
  constructor(sink: AnswerSink, maxBytes: number, onEnd: (headers: Readonly<Record<string, string>>, bytes: Buffer) => void) {
    super(sink);
    this.#body = new CollectedBody(maxBytes);
    this.#onEnd = onEnd;
  }

  override start(status: number, headers: Readonly<Record<string, string>>): void {
    if (status === 200) this.#headers = headers;
    super.start(status, { ...headers, 'x-pipelines-cache': 'miss' });
  }

  override write(bytes: Uint8Array): boolean {
    this.#body.add(bytes);
    return super.write(bytes);
  }

  override end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#body.add(bytes);
    if (this.#headers !== null && !this.#body.isTooLarge) this.#onEnd(this.#headers, this.#body.copy());
    super.end(bytes);
  }
}
