import type { AnswerSink } from './answer-sink.ts';

/** An answer that is collected in memory, for a caller inside this process who goes away when `signal` says so. */
export class CollectingSink implements AnswerSink {
  started = false;
  headers: Readonly<Record<string, string>> = {};
  readonly #pieces: Uint8Array[] = [];
  readonly #signal: AbortSignal;
  #ended = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  start(_status: number, headers: Readonly<Record<string, string>>): void {
    this.started = true;
    this.headers = headers;
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
