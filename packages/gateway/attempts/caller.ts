import type { AnswerSink } from '../answer-sink.ts';

/** Whoever waits for the answer: whether they are still there, and whether they keep up. The same through all attempts of a call. */
export class Caller {
  /** Attempts made for them so far. */
  attempts = 0;
  gone = false;
  #cancel: (() => void) | null = null;
  #resume: (() => void) | null = null;

  constructor(sink: AnswerSink) {
    sink.onClose(() => {
      this.gone = true;
      this.#cancel?.();
    });
    sink.onDrain(() => this.#resume?.());
  }

  /** `cancel` is called when the caller goes away while this attempt runs. */
  whenGone(cancel: (() => void) | null): void {
    this.#cancel = cancel;
  }

  /** `resume` is called each time that a slow caller has caught up. */
  whenCaughtUp(resume: () => void): void {
    this.#resume = resume;
  }
}
