import type { AdmittedCall, AttemptSource, CallMeter, ChatRequest, Log, Principal } from '@pipelines/contracts';
import type { Egress } from '@pipelines/egress';
import type { JsonBody, PreparedRequest, ProviderAdapter } from '@pipelines/providers';
import type { ResolvedModel } from '@pipelines/registry';
import type { AnswerSink } from '../answer-sink.ts';
import type { KeepAlive } from '../keep-alive.ts';

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
  readonly idempotencyKey?: string;
  readonly model: ResolvedModel;
  readonly adapter: ProviderAdapter;
  readonly body: JsonBody<ChatRequest>;
  readonly admitted: AdmittedCall;
}

/** One chat completion on its way: what was asked, of which model, for whom, and whether the caller is still there. */
export class ChatCall {
  readonly options: ChatCallOptions;
  readonly prepared: PreparedRequest;
  readonly stream: boolean;
  /** The caller wants the usage chunk of a stream, and not only we. */
  readonly askedUsage: boolean;
  attempts = 0;
  /** Since when the next attempt could have gone out: what it waits inside the gateway counts from here. */
  readySinceMs: number;
  callerGone = false;
  #cancel: (() => void) | null = null;
  #resume: (() => void) | null = null;

  constructor(options: ChatCallOptions, receivedMs: number) {
    const { adapter, body, model, sink } = options;
    this.options = options;
    this.readySinceMs = receivedMs;
    this.stream = body.value.stream === true;
    this.askedUsage = body.value.stream_options?.include_usage === true;
    this.prepared = adapter.prepare({ target: model.target, body, stream: this.stream });
    sink.onClose(() => {
      this.callerGone = true;
      this.#cancel?.();
    });
    sink.onDrain(() => this.#resume?.());
  }

  /** `cancel` is called when the caller goes away while this attempt runs. */
  whenCallerGoes(cancel: (() => void) | null): void {
    this.#cancel = cancel;
  }

  /** `resume` is called each time that a slow caller has caught up. */
  whenCaughtUp(resume: () => void): void {
    this.#resume = resume;
  }
}
