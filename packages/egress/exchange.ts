import type { Transform } from 'node:stream';
import type { Log } from '@pipelines/contracts';
import { classifyNetworkError } from './classify-network-error.ts';
import { Deadline } from './deadline.ts';
import { createDecoder } from './decode-body.ts';
import type { EgressDispatch, EgressHandle, EgressHandler, ResponseHeaders } from './egress-call.ts';
import { EgressError, type EgressPhase } from './egress-error.ts';
import { leadsToHttps } from './leads-to-https.ts';
import type { TransportControl, TransportReceiver } from './transport.ts';

const defaultConnectMs = 5_000;
const defaultTotalMs = 15 * 60_000;

/**
 * One request and its answer, between a transport and our handler: applies the clocks, the size limit and
 * the rule against redirects, decodes where it must, and hands chunks on without copying or promising.
 */
export class Exchange implements TransportReceiver, EgressHandle {
  readonly #call: EgressDispatch;
  readonly #handler: EgressHandler;
  readonly #log: Log;
  readonly #deadline: Deadline;
  #control: TransportControl | null = null;
  #decoder: Transform | null = null;
  #phase: EgressPhase = 'before_send';
  #dispatched = false;
  #answered = false;
  #bodyStarted = false;
  /** The reader does not want more now. */
  #paused = false;
  /** The decoder does not. */
  #backlogged = false;
  #received = false;
  #done = false;
  #bytesReceived = 0;
  #bytesDecoded = 0;
  #waitingSinceMs = 0;
  connectMs: number | null = null;

  constructor(call: EgressDispatch, handler: EgressHandler, log: Log) {
    this.#call = call;
    this.#handler = handler;
    this.#log = log;
    this.#deadline = new Deadline(call.timeouts.totalMs ?? defaultTotalMs, (hint) =>
      this.#fail(new EgressError('timed_out', this.#phase, hint)),
    );
  }

  /** Called once the transport has taken the request, which now waits for a connection. */
  dispatched(): void {
    this.#dispatched = true;
    if (this.#control !== null || this.#done) return;
    this.#waitingSinceMs = performance.now();
    this.#deadline.enter(this.#call.timeouts.connectMs ?? defaultConnectMs, 'connect_timeout');
  }

  /** Fails the call, after `dispatch` has returned. */
  failSoon(error: EgressError): void {
    queueMicrotask(() => this.#fail(error));
  }

  abort(): void {
    this.#fail(new EgressError('canceled', this.#phase));
  }

  resume(): void {
    if (!this.#paused || this.#done) return;
    this.#paused = false;
    if (this.#decoder === null) this.#control?.resume();
    else this.#decoder.resume();
    this.#awaitNext();
  }

  onStart(control: TransportControl): void {
    if (this.#done) {
      control.abort(new EgressError('canceled', 'before_send'));
      return;
    }
    this.#control = control;
    this.connectMs = this.#waitingSinceMs === 0 ? 0 : performance.now() - this.#waitingSinceMs;
    this.#phase = 'after_send';
    this.#deadline.enter(this.#call.timeouts.firstByteMs, 'first_byte_timeout');
    this.#handler.onSend?.();
  }

  onHeaders(status: number, headers: ResponseHeaders): void {
    if (this.#done) return;
    this.#answered = true;
    if (status >= 300 && status < 400) {
      this.#fail(new EgressError('redirected', 'after_send', leadsToHttps(String(this.#call.url), headers.location) ? 'to_https' : null));
      return;
    }
    try {
      this.#decoder = createDecoder(headers);
    } catch (error) {
      this.#fail(classifyNetworkError(error, 'after_send'));
      return;
    }
    if (this.#decoder !== null) this.#readDecoded(this.#decoder);
    this.#handler.onHeaders(status, headers);
  }

  onData(chunk: Uint8Array): void {
    if (this.#done) return;
    this.#bytesReceived += chunk.length;
    if (this.#bytesReceived > this.#call.maxResponseBytes) {
      this.#fail(new EgressError('response_too_large', 'after_send'));
      return;
    }
    if (this.#bodyStarted) this.#deadline.touch();
    else {
      this.#bodyStarted = true;
      this.#deadline.enter(this.#call.timeouts.idleMs, 'idle_timeout');
    }
    if (this.#decoder !== null) {
      if (!this.#decoder.write(chunk)) {
        this.#backlogged = true;
        this.#deadline.leave();
        this.#control?.pause();
      }
    } else if (!this.#handler.onData(chunk) && !this.#done) {
      this.#paused = true;
      this.#deadline.leave();
      this.#control?.pause();
    }
  }

  onEnd(): void {
    if (this.#done) return;
    this.#received = true;
    this.#deadline.leave();
    if (this.#decoder !== null) this.#decoder.end();
    else this.#finish();
  }

  onError(error: unknown): void {
    if (this.#done) return;
    const known = classifyNetworkError(error, this.#phase);
    const silent = known.cause === 'connection_lost' && known.hint === null && this.#phase === 'after_send' && !this.#answered;
    const failure = silent ? new EgressError('connection_lost', 'after_send', 'closed_without_answer') : known;
    if (this.#dispatched) this.#fail(failure);
    else this.failSoon(failure);
  }

  #readDecoded(decoder: Transform): void {
    decoder.on('drain', () => {
      this.#backlogged = false;
      this.#control?.resume();
      this.#awaitNext();
    });
    decoder.on('end', () => this.#finish());
    decoder.on('error', () => this.#fail(new EgressError('connection_lost', 'after_send', 'bad_encoding')));
    decoder.on('data', (chunk: Buffer) => {
      if (this.#done) return;
      this.#bytesDecoded += chunk.length;
      if (this.#bytesDecoded > this.#call.maxResponseBytes) this.#fail(new EgressError('response_too_large', 'after_send'));
      else if (!this.#handler.onData(chunk) && !this.#done) {
        this.#paused = true;
        this.#deadline.leave();
        decoder.pause();
      }
    });
  }

  /** Starts the idle clock, unless it is us who keep the sender waiting. */
  #awaitNext(): void {
    if (this.#done || this.#paused || this.#backlogged || this.#received) return;
    this.#deadline.enter(this.#call.timeouts.idleMs, 'idle_timeout');
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    this.#deadline.stop();
    this.#handler.onEnd();
  }

  #fail(error: EgressError): void {
    if (this.#done) return;
    this.#done = true;
    this.#deadline.stop();
    this.#control?.abort(error);
    this.#decoder?.destroy();
    if (error.cause === 'egress_blocked') {
      this.#log({ event: 'egress_blocked', organizationId: this.#call.organizationId ?? null, purpose: this.#call.purpose });
    }
    this.#handler.onError(error);
  }
}
