import type { AdmittedCall, AttemptSource, CallMeter, ContentDraft, Log, Principal, TokenUsage } from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import {
  countImages,
  type NativeAnswer,
  type PreparedRequest,
  type ProviderAdapter,
  type RawResponse,
  type StreamObserver,
} from '@pipelines/providers';
import type { ModelRoute, ModelTimeouts } from '@pipelines/registry';
import type { AnswerSink } from '../answer-sink.ts';
import { CuttingSink } from '../cutting-sink.ts';
import type { Dialect, SpokenRequest } from '../dialects/dialect.ts';
import type { KeepAlive } from '../keep-alive.ts';
import type { AttemptFailure } from './attempt-failure.ts';
import type { Caller } from './caller.ts';
import { type Speech, speak } from './speak.ts';

/** What an attempt is made with. */
export interface AttemptDoors {
  readonly egress: Pick<Egress, 'dispatch' | 'request'>;
  readonly meter: CallMeter;
  readonly log: Log;
  readonly keepAlive: KeepAlive;
}

/** Who asks, and what is the same in all attempts of a call. */
export interface AskedChat {
  readonly principal: Principal;
  /** For the log: which key, or which member in the playground, asked. */
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly requestId: string;
  readonly source: AttemptSource;
  /** Sent along as `Idempotency-Key`, for providers that know it. */
  readonly idempotencyKey?: string;
}

export interface ChatCallOptions {
  readonly asked: AskedChat;
  readonly sink: AnswerSink;
  readonly caller: Caller;
  readonly model: ModelRoute;
  readonly timeouts: ModelTimeouts;
  readonly adapter: ProviderAdapter;
  readonly request: SpokenRequest;
  readonly admitted: AdmittedCall;
  /** What is said is taken down here; null where the organization keeps no contents. */
  readonly content: ContentDraft | null;
  /** Since when it could have gone out: what it waits inside the gateway counts from here. */
  readonly readySinceMs: number;
}

/** One attempt of a call: what was asked, the route it goes, for whom, and whether the caller is still there. */
export class ChatCall {
  readonly options: ChatCallOptions;
  readonly prepared: PreparedRequest;
  /** The provider answers as a stream. It does not where a caller who wants one is given a whole answer in pieces. */
  readonly stream: boolean;
  /** The caller wants the usage chunk of a stream, and not only we. */
  readonly askedUsage: boolean;
  /** Takes what comes of the call, in the words of `spoken`. */
  readonly sink: AnswerSink;
  /** The dialect of the answer's bytes: the caller's own where the model speaks it, otherwise that of a chat. */
  readonly spoken: Dialect;
  /** What was dropped or rewritten, and why. */
  readonly changes: readonly string[];
  /** Images that are sent, where the model has a price for them. */
  readonly images: number | null;
  /** Why the answer broke off after it had begun; the caller was told inside it. */
  brokenOff: AttemptFailure | null = null;
  readonly #caller: Caller;
  readonly #speech: Speech;

  /** @throws PipelinesError `unsupported_parameter` for what the model's protocol has no words for */
  constructor(options: ChatCallOptions) {
    const { request, model, caller, sink } = options;
    const { value } = request.chat;
    this.options = options;
    this.#caller = caller;
    this.askedUsage = value.stream_options?.include_usage === true;
    this.images = model.prices.image == null ? null : countImages(value);
    this.#speech = speak(request, model);
    this.prepared = this.#speech.prepared;
    const streams = value.stream === true;
    this.stream = streams && this.prepared.asksWhole !== true;
    this.spoken = this.#speech.spoken;
    this.changes = this.#speech.changes;
    const told = this.#speech.native === null ? request.translate(sink) : sink;
    this.sink = streams && !this.stream ? new CuttingSink(told, this.askedUsage) : told;
    caller.attempts += 1;
  }

  /** Attempts of this call so far, this one included. */
  get attempts(): number {
    return this.#caller.attempts;
  }

  get callerGone(): boolean {
    return this.#caller.gone;
  }

  /** True where the answer's bytes go through as they come. */
  get passesThrough(): boolean {
    return this.#speech.native !== null || this.options.adapter.passThrough;
  }

  /** A 2xx answer that passes through, not streamed. Throws an `UpstreamError` when it is not what was asked for. */
  readAnswer(response: RawResponse): NativeAnswer {
    const { adapter, model } = this.options;
    const { native } = this.#speech;
    if (native !== null) return native.wire.readAnswer(response, model.target, native.call);
    const { completion, usage, finishReason } = adapter.readAnswer(response, model.target);
    return { printedUsage: completion.usage, usage, finishReason };
  }

  /** The watcher of a stream that passes through. */
  observe(): StreamObserver {
    const { adapter, model } = this.options;
    const { native } = this.#speech;
    if (native !== null) return native.wire.observe(model.target);
    if (adapter.observe === undefined) throw new TypeError('This protocol does not pass through.');
    return adapter.observe({ callerAskedUsage: this.askedUsage });
  }

  /** Reads each `usage` that the caller sees in a stream that passes through; null where it sees none, or a chat's. */
  createCounter(): ((usage: unknown) => TokenUsage | null) | null {
    return this.#speech.native?.wire.createCounter() ?? null;
  }

  /** `cancel` is called when the caller goes away while this attempt runs. */
  whenCallerGoes(cancel: (() => void) | null): void {
    this.#caller.whenGone(cancel);
  }

  /** `resume` is called each time that a slow caller has caught up. */
  whenCaughtUp(resume: () => void): void {
    this.#caller.whenCaughtUp(resume);
  }
}
