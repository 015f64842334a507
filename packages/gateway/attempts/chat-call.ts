import type { AdmittedCall, AttemptSource, CallMeter, ChatRequest, Log, Principal } from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import { countImages, type JsonBody, type PreparedRequest, type ProviderAdapter } from '@pipelines/providers';
import type { ModelRoute, ModelTimeouts } from '@pipelines/registry';
import type { AnswerSink } from '../answer-sink.ts';
import type { KeepAlive } from '../keep-alive.ts';
import type { AttemptFailure } from './attempt-failure.ts';
import type { Caller } from './caller.ts';

/** What an attempt is made with. */
export interface AttemptDoors {
  readonly egress: Pick<Egress, 'dispatch' | 'request'>;
  readonly meter: CallMeter;
  readonly log: Log;
  readonly keepAlive: KeepAlive;
}

export interface ChatCallOptions {
  readonly principal: Principal;
  readonly apiKeyId: string | null;
  readonly memberId: string | null;
  readonly requestId: string;
  readonly source: AttemptSource;
  readonly sink: AnswerSink;
  readonly caller: Caller;
  readonly idempotencyKey?: string;
  readonly model: ModelRoute;
  readonly timeouts: ModelTimeouts;
  readonly adapter: ProviderAdapter;
  readonly body: JsonBody<ChatRequest>;
  readonly admitted: AdmittedCall;
}

/** One attempt of a chat completion: what was asked, the route it goes, for whom, and whether the caller is still there. */
export class ChatCall {
  readonly options: ChatCallOptions;
  readonly prepared: PreparedRequest;
  readonly stream: boolean;
  /** The caller wants the usage chunk of a stream, and not only we. */
  readonly askedUsage: boolean;
  /** Images that are sent, where the model has a price for them. */
  readonly images: number | null;
  /** Since when it could have gone out: what it waits inside the gateway counts from here. */
  readonly readySinceMs: number;
  /** Why the answer broke off after it had begun; the caller was told inside it. */
  brokenOff: AttemptFailure | null = null;
  readonly #caller: Caller;

  constructor(options: ChatCallOptions, readySinceMs: number) {
    const { adapter, body, model, caller } = options;
    this.options = options;
    this.readySinceMs = readySinceMs;
    this.#caller = caller;
    this.stream = body.value.stream === true;
    this.askedUsage = body.value.stream_options?.include_usage === true;
    this.images = model.prices.image == null ? null : countImages(body.value);
    this.prepared = adapter.prepare({ target: model.target, body, stream: this.stream });
    caller.attempts += 1;
  }

  /** Attempts of this call so far, this one included. */
  get attempts(): number {
    return this.#caller.attempts;
  }

  get callerGone(): boolean {
    return this.#caller.gone;
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
