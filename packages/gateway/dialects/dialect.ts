import type { ChatRequest, ModelTask, PipelinesError } from '@pipelines/contracts';
import type { JsonBody, NativeDialect } from '@pipelines/providers';
import type { AnswerSink } from '../answer-sink.ts';

/** Headers of a request. Lower-case names. */
export type CallerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A way in which programs speak to `/v1`, and are answered. */
export interface Dialect {
  /** What a model must be for. */
  readonly task: ModelTask;
  /** @throws PipelinesError for what is no request of this dialect */
  read(bytes: Uint8Array, headers: CallerHeaders): SpokenRequest;
  /** The body that tells an error before anything else was said. */
  errorBody(error: PipelinesError, requestId: string): object;
  /** An error inside a stream that has begun: its last event. */
  encodeStreamError(error: PipelinesError, requestId: string): Uint8Array;
  /** What tells the caller of a silent stream that we are still there. */
  readonly keepAlive: Uint8Array;
  /** Where its clients look for the request's ID beside `X-Request-Id`. Lower-case. */
  readonly requestIdHeader?: string;
}

/** A request in the canonical form, in which it is checked and from which it is translated, and in its own. */
export interface SpokenRequest {
  readonly dialect: Dialect;
  readonly chat: JsonBody<ChatRequest>;
  /** The caller's own words, for models that understand them. Null: they are the canonical form already. */
  readonly native: NativeRequest | null;
  /** What the caller's own setting has left out, and why. */
  readonly dropped?: readonly string[];
  /** Tells an answer, which comes as a chat's bytes, in the words of the caller. */
  translate(sink: AnswerSink): AnswerSink;
}

export interface NativeRequest {
  readonly dialect: NativeDialect;
  readonly body: JsonBody<Readonly<Record<string, unknown>>>;
  /** Those of the dialect, for a model that speaks it. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the canonical form could not take along, as `X-Pipelines-Changes` tells it where it is translated. */
  readonly lost: readonly string[];
  /** Set where the request makes no sense without what was lost. */
  readonly untranslatable: PipelinesError | null;
}
