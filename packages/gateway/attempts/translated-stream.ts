import type { ChatChunk, TokenUsage } from '@pipelines/contracts';
import type { EgressResponse } from '@pipelines/egress';
import { answerHeaders } from '../answer-headers.ts';
import { doneEvent, encodeSse, encodeSseError, keepAliveComment } from '../encode-sse.ts';
import type { SilentStream } from '../keep-alive.ts';
import { mapUpstreamError } from '../map-upstream-error.ts';
import { type AttemptFailure, mayBeCharged, toAttemptFailure } from './attempt-failure.ts';
import type { CallRecord } from './call-record.ts';
import type { AttemptDoors, ChatCall } from './chat-call.ts';
import { toUsageChunk } from './usage-chunk.ts';

/** A stream of a foreign dialect as OpenAI's chunks. A slow caller slows the reading. */
export class TranslatedStream implements SilentStream {
  active = false;
  readonly #doors: AttemptDoors;
  readonly #call: ChatCall;
  readonly #record: CallRecord;
  readonly #response: EgressResponse;
  #lastChunk: ChatChunk | null = null;
  #usage: TokenUsage | null = null;
  #finishReason: string | null = null;
  #caughtUp: (() => void) | null = null;

  constructor(doors: AttemptDoors, call: ChatCall, record: CallRecord, response: EgressResponse, abort: AbortController) {
    this.#doors = doors;
    this.#call = call;
    this.#record = record;
    this.#response = response;
    call.whenCaughtUp(() => this.#resume());
    call.whenCallerGoes(() => {
      abort.abort();
      this.#resume();
    });
  }

  /** Null once the caller has the whole answer, or was told inside it what went wrong; otherwise why there is none. */
  async relay(): Promise<AttemptFailure | null> {
    const leaveKeepAlive = this.#doors.keepAlive.watch(this);
    try {
      await this.#relayChunks();
      this.#finish();
      return null;
    } catch (error) {
      return this.#fail(toAttemptFailure(error));
    } finally {
      leaveKeepAlive();
    }
  }

  onSilence(): void {
    if (this.#caughtUp === null) this.#write(keepAliveComment);
  }

  async #relayChunks(): Promise<void> {
    const { adapter, model } = this.#call.options;
    for await (const event of adapter.readStream(this.#response.body, model.target)) {
      this.#record.noteFirstByte();
      if (event.type === 'usage') {
        this.#usage = event.usage;
        continue;
      }
      this.#lastChunk = event.chunk;
      this.#finishReason = event.chunk.choices[0]?.finish_reason ?? this.#finishReason;
      if (!this.#write(encodeSse(event.chunk))) await this.#catchUp();
    }
  }

  #finish(): void {
    const { sink } = this.#call;
    const outcome = { httpStatus: this.#response.status, finishReason: this.#finishReason, usage: this.#usage };
    const cost = this.#record.end({ status: 'succeeded', ...outcome });
    if (this.#call.askedUsage && this.#usage !== null && this.#lastChunk !== null) {
      this.#write(encodeSse(toUsageChunk(this.#lastChunk, this.#usage, cost)));
    }
    if (!sink.started) sink.start(200, answerHeaders(this.#call));
    sink.end(doneEvent);
  }

  #fail(failure: AttemptFailure): AttemptFailure | null {
    const { sink, callerGone, options } = this.#call;
    const isCharged = sink.started || mayBeCharged(failure, this.#response.status);
    const status = callerGone ? 'canceled' : isCharged ? 'incomplete' : 'failed';
    const cause = callerGone ? 'canceled' : failure.cause;
    this.#record.end({ status, httpStatus: this.#response.status, cause, finishReason: this.#finishReason, usage: this.#usage });
    if (!sink.started) return failure;
    this.#call.brokenOff = failure;
    if (!callerGone) sink.end(encodeSseError(mapUpstreamError(failure, options.model), options.asked.requestId));
    return null;
  }

  #write(bytes: Uint8Array): boolean {
    const { sink } = this.#call;
    if (!sink.started) sink.start(200, answerHeaders(this.#call));
    this.active = true;
    return sink.write(bytes);
  }

  /** Until the caller has room again, or has gone: then the body's iteration ends by itself. */
  #catchUp(): Promise<void> {
    return new Promise((resolve) => {
      this.#caughtUp = resolve;
      if (this.#call.callerGone) this.#resume();
    });
  }

  #resume(): void {
    this.#caughtUp?.();
    this.#caughtUp = null;
  }
}
