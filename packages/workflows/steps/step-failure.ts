import { type ErrorCode, maxRenderedLength, PipelinesError, RenderedTooLong } from '@pipelines/contracts';

export interface StepFailureOptions {
  /** The model that it speaks of. */
  readonly slug?: string;
  /** The same step may well succeed in a moment. */
  readonly transient?: boolean;
  readonly retryAfterSeconds?: number | null;
}

/** Why a step could not be done: our code and our sentence, which the task then shows. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
  readonly code: ErrorCode;
  readonly slug: string | null;
  readonly transient: boolean;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, { slug, transient = false, retryAfterSeconds = null }: StepFailureOptions = {}) {
    super(message);
    this.code = code;
    this.slug = slug ?? null;
    this.transient = transient;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Any error as a step tells it. One that is not ours keeps its words to itself. */
  static of(error: unknown, slug?: string): StepFailure {
    if (error instanceof StepFailure) return error;
    const options = slug === undefined ? {} : { slug };
    if (error instanceof RenderedTooLong) return new StepFailure('invalid_request', tooLong, options);
    if (!(error instanceof PipelinesError)) return new StepFailure('internal_error', 'Something went wrong on our side.', options);
    const { code, message, fix, transient, retryAfterSeconds } = error;
    return new StepFailure(code, `${message} ${fix}`, { ...options, transient, retryAfterSeconds });
  }
}

const tooLong = `What the step puts together comes to more than ${maxRenderedLength.toLocaleString('en')} characters. Put in less of what is long.`;
