import type { Socket } from 'node:net';
import type { ResponseHeaders } from '../egress-call.ts';
import type { TransportControl, TransportReceiver, TransportRequest } from '../transport.ts';
import { composeHead } from './compose-head.ts';

/** Up to here a body is copied behind its head, so that both are one small write. */
const maxCopiedBytes = 64 * 1_024;

/** The connection as its call sees it. */
interface Carrier {
  resume(): void;
  drop(): void;
}

/** One request on its way through the pool and a connection, and what of its answer the receiver does not want yet. */
export class WireCall implements TransportControl {
  readonly isHead: boolean;
  readonly #receiver: TransportReceiver;
  readonly #head: string;
  readonly #body: string | Uint8Array | null;
  readonly #bodyBytes: number;
  #carrier: Carrier | null = null;
  #over = false;
  isPaused = false;
  /** Came after the receiver had paused: TLS hands on all of a record. */
  #held: Uint8Array[] = [];
  #ended = false;

  /** @throws EgressError `bad_request` */
  constructor(request: TransportRequest, receiver: TransportReceiver) {
    const { body } = request;
    this.isHead = request.method === 'HEAD';
    this.#receiver = receiver;
    this.#body = body;
    this.#bodyBytes = body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
    this.#head = composeHead(request, this.#bodyBytes);
  }

  /** Tells the receiver that it is its turn. False: nobody wants the answer any more, nothing is to be sent. */
  start(carrier: Carrier): boolean {
    this.#receiver.onStart(this);
    if (this.#over) return false;
    this.#carrier = carrier;
    return true;
  }

  write(socket: Socket): void {
    const body = this.#body;
    const headBytes = this.#head.length;
    if (body === null || this.#bodyBytes === 0) {
      socket.write(this.#head, 'latin1');
      return;
    }
    if (this.#bodyBytes > maxCopiedBytes) {
      socket.cork();
      socket.write(this.#head, 'latin1');
      socket.write(body);
      socket.uncork();
      return;
    }
    const bytes = Buffer.allocUnsafe(headBytes + this.#bodyBytes);
    bytes.write(this.#head, 0, 'latin1');
    if (typeof body === 'string') bytes.write(body, headBytes);
    else bytes.set(body, headBytes);
    socket.write(bytes);
  }

  tellHeaders(status: number, headers: ResponseHeaders): void {
    if (!this.#over) this.#receiver.onHeaders(status, headers);
  }

  tellData(data: Uint8Array): void {
    if (this.#over) return;
    if (this.isPaused) this.#held.push(data);
    else this.#receiver.onData(data);
  }

  /** The answer is there wholly: the connection is no longer this call's. */
  tellEnd(): void {
    this.#carrier = null;
    if (this.#over) return;
    this.#ended = true;
    if (!this.isPaused) this.#finish();
  }

  tellError(error: unknown): void {
    this.#carrier = null;
    if (this.#over) return;
    this.#over = true;
    this.#receiver.onError(error);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    if (!this.isPaused || this.#over) return;
    this.isPaused = false;
    while (this.#held.length > 0) {
      this.#receiver.onData(this.#held.shift() as Uint8Array);
      if (this.isPaused || this.#over) return;
    }
    if (this.#ended) this.#finish();
    else this.#carrier?.resume();
  }

  abort(): void {
    this.#over = true;
    this.#held = [];
    this.#carrier?.drop();
    this.#carrier = null;
  }

  #finish(): void {
    this.#over = true;
    this.#receiver.onEnd();
  }
}
