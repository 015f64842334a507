import type { EgressDispatch, ResponseHeaders } from './egress-call.ts';
import type { EgressError } from './egress-error.ts';

/** A request whose target has been judged, as it goes to the wire. */
export interface TransportRequest {
  /** `https://api.example.com`, `http://127.0.0.1:11434`: connections belong to one. */
  readonly origin: string;
  /** The `host` header: the origin's own host and port. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly method: EgressDispatch['method'];
  /** Name, value, name, value; without `host` and without what frames the body, which are the transport's own. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | null;
}

/** What a receiver may say while its request is on its way. */
export interface TransportControl {
  /** Called from within `onData`: no more chunks until `resume()`, and the sender is slowed down. */
  pause(): void;
  resume(): void;
  /** Closes the connection at once. */
  abort(error: EgressError): void;
}

/**
 * Is told how a request goes. `onEnd` or `onError` is the last word; after an `abort` the transport may
 * still say one, which is then to be passed over.
 */
export interface TransportReceiver {
  /** A connection stands; the request is written as soon as this returns, unless it aborts. Not called where none came about. */
  onStart(control: TransportControl): void;
  /** The final answer's head; informational ones are passed over. */
  onHeaders(status: number, headers: ResponseHeaders): void;
  /** A piece of the body, without the framing of the wire; the receiver's to keep. */
  onData(chunk: Uint8Array): void;
  onEnd(): void;
  /** Any error of the network, of the transport, or ours. */
  onError(error: unknown): void;
}

/**
 * Speaks HTTP/1.1 over connections that the guarded connector has opened, one request at a time on each,
 * never repeated and never redirected. Clocks, limits and decoding are not its business.
 */
export interface Transport {
  /** Sends a request; the receiver is told from the next turn on. Throws where the request cannot be sent as it is. */
  dispatch(request: TransportRequest, receiver: TransportReceiver): void;
  /** Ends all calls (`canceled`, `shutting_down`) and closes all sockets. */
  close(): Promise<void>;
}

/** `wire`: our own, the default. `undici`: the library, which costs about twice as much CPU. */
export const transportNames = ['wire', 'undici'] as const;
export type TransportName = (typeof transportNames)[number];
