import type { ContentDraft } from '@pipelines/contracts';
import type { AnswerSink } from './answer-sink.ts';
import { ForwardingSink } from './forwarding-sink.ts';

/** A sink that also takes down what is written to it. */
export class TappedSink extends ForwardingSink {
  readonly #content: ContentDraft;

  constructor(sink: AnswerSink, content: ContentDraft) {
    super(sink);
    this.#content = content;
  }

  override write(bytes: Uint8Array): boolean {
    this.#content.addAnswer(bytes);
    return super.write(bytes);
  }

  override end(bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#content.addAnswer(bytes);
    super.end(bytes);
  }
}
