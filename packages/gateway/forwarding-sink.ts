import type { AnswerSink } from './answer-sink.ts';

/** Hands everything on as it comes and holds nothing back: a slow caller stays as slow as they are. For sinks that look at some of it. */
export class ForwardingSink implements AnswerSink {
  readonly #sink: AnswerSink;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  get started(): boolean {
    return this.#sink.started;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    this.#sink.start(status, headers);
  }

  write(bytes: Uint8Array): boolean {
    return this.#sink.write(bytes);
  }

  onDrain(listener: () => void): void {
    this.#sink.onDrain(listener);
  }

  end(bytes?: Uint8Array): void {
    this.#sink.end(bytes);
  }

  onClose(listener: () => void): void {
    this.#sink.onClose(listener);
  }
}
