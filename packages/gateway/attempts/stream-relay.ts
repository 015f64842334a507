import type { TokenUsage } from '@pipelines/contracts';
import type { EgressError, EgressHandle } from '@pipelines/egress';
import { type StreamObserver, type StreamOutcome, UpstreamError } from '@pipelines/providers';
import { answerHeaders } from '../answer-headers.ts';
import type { SilentStream } from '../keep-alive.ts';
import { mapUpstreamError } from '../map-upstream-error.ts';
import { addStreamCost, countChatTokens } from '../splice-cost.ts';
import { type AttemptFailure, mayBeCharged, toAttemptFailure } from './attempt-failure.ts';
import type { CallRecord } from './call-record.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';

/** Pieces that arrive together are written together up to this size. */
const maxGatheredBytes = 64 * 1024;

/**
 * A stream on its way from the provider to the caller, in whole events. The answer begins with the first of
 * them, so that an error that comes instead of one can still be told by status. What one read of the socket
 * brings is looked at and written as one piece: a burst of a hundred chunks costs little more than one.
 */
export class StreamRelay implements SilentStream {
  active = false;
  readonly #call: ChatCall;
  readonly #record: CallRecord;
  readonly #observer: StreamObserver;
  readonly #status: number;
  /** Null: the caller sees no usage. */
  readonly #countUsage: ((usage: unknown) => TokenUsage | null) | null;
  readonly #onFailure: () => void;
  readonly #leaveKeepAlive: () => void;
  /** What the provider has sent cannot be told to the caller. */
  #fault: UpstreamError | null = null;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  /** Comments that came before the first event: they do not begin the answer. */
  #withheld: Uint8Array[] = [];
  #withheldBytes = 0;
  /** False while the caller is slow: what is written then waits in memory. */
  #flowing = true;

  constructor(doors: AttemptDoors, call: ChatCall, record: CallRecord, handle: EgressHandle, status: number) {
    this.#call = call;
    this.#record = record;
    this.#status = status;
    // The provider's error ends the stream, whatever it would still send.
    this.#onFailure = () => handle.abort();
    this.#observer = call.observe();
    this.#countUsage = call.createCounter() ?? (call.askedUsage ? countChatTokens : null);
    call.whenCaughtUp(() => {
      this.#flowing = true;
      handle.resume();
    });
    this.#leaveKeepAlive = doors.keepAlive.watch(this);
  }

  /** Takes a piece, to be written once this read of the socket is done. False: the caller is slow. */
  push(chunk: Uint8Array): boolean {
    this.#gathered.push(chunk);
    this.#gatheredBytes += chunk.length;
    if (this.#gatheredBytes >= maxGatheredBytes) this.writeGathered();
    else if (this.#gathered.length === 1) process.nextTick(writeGathered, this);
    return this.#flowing;
  }

  /** The provider has ended its stream. */
  end(): AttemptFailure | null {
    this.writeGathered();
    const { rest, outcome } = this.#observer.end();
    if (outcome.error === null && this.#fault === null && rest.length > 0) this.#write(this.#priced(rest));
    return this.#finish(outcome, brokenOff);
  }

  /** The connection ended before the stream did: by itself, or because one of us has had enough. */
  breakOff(error: EgressError): AttemptFailure | null {
    this.writeGathered();
    const { outcome } = this.#observer.end();
    const { sink } = this.#call;
    if (!this.#call.callerGone) return this.#finish(outcome, toAttemptFailure(error));
    this.#record.end({ ...outcome, status: 'canceled', httpStatus: this.#status, cause: 'canceled' });
    return sink.started ? null : toAttemptFailure(error);
  }

  onSilence(): void {
    if (this.#flowing) this.#write(this.#call.spoken.keepAlive);
  }

  close(): void {
    this.#leaveKeepAlive();
  }

  /** A failure is told by status while nothing is written, inside the stream after that; never with a `[DONE]`. */
  #finish(outcome: StreamOutcome, otherwise: AttemptFailure): AttemptFailure | null {
    const { sink, spoken, options } = this.#call;
    const error = this.#fault ?? outcome.error;
    if (outcome.complete && error === null) {
      this.#record.end({ ...outcome, status: 'succeeded', httpStatus: this.#status });
      if (!sink.started) this.#start();
      sink.end();
      return null;
    }
    const failure = error === null ? otherwise : toAttemptFailure(error);
    const status = sink.started || mayBeCharged(failure, this.#status) ? 'incomplete' : 'failed';
    this.#record.end({ ...outcome, status, httpStatus: this.#status, cause: failure.cause });
    if (!sink.started) return failure;
    this.#call.brokenOff = failure;
    sink.end(spoken.encodeStreamError(mapUpstreamError(failure, options.model), options.asked.requestId));
    return null;
  }

  /** What has come since the last time. Once the caller is gone it is still looked at, for its usage. */
  writeGathered(): void {
    if (this.#gathered.length === 0) return;
    const pieces = this.#gathered;
    const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (this.#fault !== null) return;
    try {
      const events = this.#observer.push(bytes);
      if (events.length > 0 && !this.#call.callerGone && !this.#withhold(events)) this.#write(this.#priced(events));
    } catch {
      // Nobody is above us here: what one provider sends must not end the calls of all the others.
      this.#fault = new UpstreamError('not_openai_shape', { status: this.#status, detail: 'chunk' });
    }
    if (this.#fault !== null || this.#observer.failure !== null) this.#onFailure();
  }

  /** False where they are to be written. */
  #withhold(events: Uint8Array): boolean {
    if (this.#call.sink.started || this.#withheldBytes > maxGatheredBytes || !isOnlyComments(events)) return false;
    this.#withheld.push(events);
    this.#withheldBytes += events.length;
    return true;
  }

  #priced(events: Uint8Array): Uint8Array {
    const { images, options } = this.#call;
    return this.#countUsage === null ? events : addStreamCost(events, options.model.prices, images, this.#countUsage);
  }

  #write(bytes: Uint8Array): void {
    const { sink } = this.#call;
    if (!sink.started) this.#start();
    this.active = true;
    this.#flowing = sink.write(this.#withheld.length === 0 ? bytes : Buffer.concat([...this.#withheld.splice(0), bytes]));
  }

  #start(): void {
    this.#call.sink.start(200, answerHeaders(this.#call));
  }
}

const COLON = 0x3a;

/** Whether events say nothing but that somebody is there. */
function isOnlyComments(events: Uint8Array): boolean {
  return (
    events[0] === COLON &&
    /^(?::[^\r\n]*[\r\n]+)*$/.test(Buffer.from(events.buffer, events.byteOffset, events.byteLength).toString('latin1'))
  );
}

function writeGathered(relay: StreamRelay): void {
  relay.writeGathered();
}

const brokenOff: AttemptFailure = {
  cause: 'connection_lost',
  status: null,
  retryAfterSeconds: null,
  timeout: null,
  repeatable: false,
  reached: true,
};
