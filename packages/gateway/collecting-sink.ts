import type { AnswerSink } from './answer-sink.ts';

/** An answer that is collected in memory, for a caller inside this process who goes away when `signal` says so. */
export class CollectingSink implements AnswerSink {
  started = false;
  readonly #pieces: Uint8Array[] = [];
  readonly #signal: AbortSignal;
  #ended = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  start(): void {
    this.started = true;
  }

  write(bytes: Uint8Array): boolean {
    this.#pieces.push(bytes);
    return true;
  }

  /** Memory is never slow. */
  onDrain(): void {}

  end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#pieces.push(bytes);
    this.#ended = true;
  }

  onClose(listener: () => void): void {
    const leave = () => {
      if (!this.#ended) listener();
    };
    if (this.#signal.aborted) leave();
    else this.#signal.addEventListener('abort', leave, { once: true });
  }
}
