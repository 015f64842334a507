import type { ContentDraft } from '@pipelines/contracts';
import type { AnswerSink } from './answer-sink.ts';

/** A sink that also takes down what is written to it. It holds nothing back: a slow caller stays as slow as they are. */
export class TappedSink implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #content: ContentDraft;

  constructor(sink: AnswerSink, content: ContentDraft) {
    this.#sink = sink;
    this.#content = content;
  }

  get started(): boolean {
    return this.#sink.started;
  }

  start(status: number, headers: Readonly<Record<string, string>>): void {
    this.#sink.start(status, headers);
  }

  write(bytes: Uint8Array): boolean {
    this.#content.addAnswer(bytes);
    return this.#sink.write(bytes);
  }

  onDrain(listener: () => void): void {
    this.#sink.onDrain(listener);
  }

  end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#content.addAnswer(bytes);
    this.#sink.end(bytes);
  }

  onClose(listener: () => void): void {
    this.#sink.onClose(listener);
  }
}
