import type { EgressError, EgressHandle, EgressHandler, ResponseHeaders } from '@pipelines/egress';
import { UpstreamError } from '@pipelines/providers';
import { answerHeaders } from '../answer-headers.ts';
import { CollectedBody } from '../collected-body.ts';
import { addCost } from '../splice-cost.ts';
import { type AttemptFailure, toAttemptFailure } from './attempt-failure.ts';
import { maxAnswerBytes } from './authorize-call.ts';
import { CallRecord } from './call-record.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';
import { StreamRelay } from './stream-relay.ts';

/** How an attempt tells that it is over: null when the caller has an answer, or why there is none. */
export interface Settle {
  resolve(failure: AttemptFailure | null): void;
  /** For errors that are not a provider's. */
  reject(error: unknown): void;
}

/** One request and what comes back: a stream is relayed piece by piece, everything else is collected and looked at. */
export class PassThroughExchange implements EgressHandler {
  readonly #doors: AttemptDoors;
  readonly #call: ChatCall;
  readonly #settle: Settle;
  readonly #record: CallRecord;
  #handle: EgressHandle | null = null;
  #status = 0;
  #headers: ResponseHeaders = {};
  readonly #body = new CollectedBody(maxAnswerBytes);
  #relay: StreamRelay | null = null;

  constructor(doors: AttemptDoors, call: ChatCall, settle: Settle) {
    this.#doors = doors;
    this.#call = call;
    this.#settle = settle;
    this.#record = new CallRecord(doors, call, true);
  }

  begin(handle: EgressHandle): void {
    this.#handle = handle;
    this.#call.whenCallerGoes(() => handle.abort());
    if (this.#call.callerGone) handle.abort();
  }

  onSend(): void {
    this.#doors.meter.writeHeld();
  }

  onHeaders(status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
    this.#record.noteConnection(this.#handle?.connectMs ?? null);
    const isStream = this.#call.stream && isGood(status) && /^text\/event-stream\b/i.test(headers['content-type'] ?? '');
    if (isStream) this.#relay = new StreamRelay(this.#doors, this.#call, this.#record, this.#handle as EgressHandle, status);
  }

  onData(chunk: Uint8Array): boolean {
    this.#record.noteFirstByte();
    return this.#relay === null ? this.#collect(chunk) : this.#relay.push(chunk);
  }

  /** What should have been a stream may be as long as one. */
  #collect(chunk: Uint8Array): boolean {
    if (!this.#body.add(chunk)) this.#handle?.abort();
    return true;
  }

  onEnd(): void {
    this.#conclude(() => (this.#relay === null ? this.#answer() : this.#relay.end()));
  }

  onError(error: EgressError): void {
    this.#record.noteConnection(this.#handle?.connectMs ?? null);
    this.#conclude(() => {
      if (this.#relay !== null) return this.#relay.breakOff(error);
      if (this.#body.isTooLarge) throw new UpstreamError('response_too_large', { status: this.#httpStatus() });
      throw error;
    });
  }

  /** Runs the last step, settles the call with what it answers or throws, and sees to it that the row is ended. */
  #conclude(lastStep: () => AttemptFailure | null): void {
    try {
      this.#settle.resolve(lastStep());
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#relay?.close();
      this.#call.whenCallerGoes(null);
      this.#record.end({ status: 'failed', httpStatus: this.#httpStatus() });
    }
  }

  #fail(error: unknown): void {
    try {
      const failure = toAttemptFailure(error);
      this.#record.fail(failure, this.#httpStatus());
      this.#settle.resolve(failure);
    } catch (unexpected) {
      this.#settle.reject(unexpected);
    }
  }

  #answer(): null {
    const { sink, options } = this.#call;
    const body = this.#body.toBytes();
    const response = { status: this.#status, headers: this.#headers, body };
    if (!isGood(this.#status)) throw options.adapter.classify(response, options.model.target);
    const { printedUsage, usage, finishReason, rewritten } = this.#call.readAnswer(response);
    if (this.#call.stream) {
      const refusal = new UpstreamError('not_openai_shape', { status: this.#status, detail: 'not_a_stream' });
      // Of no use to the caller, but charged.
      this.#record.end({ status: 'failed', httpStatus: this.#status, cause: refusal.reason, finishReason, usage });
      throw refusal;
    }
    const cost = this.#record.end({ status: 'succeeded', httpStatus: this.#status, finishReason, usage });
    const told = rewritten === undefined ? body : Buffer.from(JSON.stringify(rewritten));
    const bytes = cost === null ? told : addCost(told, printedUsage, cost);
    sink.start(200, { ...answerHeaders(this.#call), 'content-length': String(bytes.length) });
    sink.end(bytes);
    return null;
  }

  #httpStatus(): number | null {
    return this.#status === 0 ? null : this.#status;
  }
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}
