import type { EgressError } from './egress-error.ts';

/** Clocks of a call, all in milliseconds. */
export interface EgressTimeouts {
  /** Until the connection stands, DNS and TLS included. Default 5,000; no more than the egress' own limit. */
  readonly connectMs?: number;
  /** From sending the request until the first byte of the answer's body (or the end of an empty one). */
  readonly firstByteMs: number;
  /** Between two chunks of the body. Does not run while the reader has paused. */
  readonly idleMs: number;
  /** The whole call. Default 15 minutes. */
  readonly totalMs?: number;
}

/** One call outward. Never retried, never redirected. */
export interface EgressDispatch {
  readonly url: URL | string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** `host` must be the URL's own or absent; `accept-encoding` is always sent as `identity`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeouts: EgressTimeouts;
  /** Upper bound for the body, as received and as decoded. */
  readonly maxResponseBytes: number;
  /** What the call is for, in a word, for the log of blocked calls: `gateway`, `connection_test`. */
  readonly purpose: string;
  readonly organizationId?: string | null;
}

export interface EgressRequest extends EgressDispatch {
  readonly signal?: AbortSignal;
}

/** Lower-case names; several values of one name are joined with `, `. */
export type ResponseHeaders = Record<string, string>;

/**
 * Receives an answer piece by piece. Exactly one of `onEnd` and `onError` is called, once, and nothing
 * after it; nothing but `onSend` is called before `dispatch` has returned. The methods must not throw.
 */
export interface EgressHandler {
  /** A connection stands, and the request goes out as soon as this returns. Not called where none came about. */
  onSend?(): void;
  onHeaders(status: number, headers: ResponseHeaders): void;
  /** Takes a chunk, which is the receiver's to keep; false pauses the connection until `resume()`. */
  onData(chunk: Uint8Array): boolean;
  onEnd(): void;
  onError(error: EgressError): void;
}

export interface EgressHandle {
  /** How long the call waited for its connection, DNS and TLS included: next to nothing where one stood open, null while it waits. */
  readonly connectMs: number | null;
  /** Goes on after `onData` has returned false. */
  resume(): void;
  /** Ends the call: the connection is closed at once, and the handler gets `canceled` if it has not ended yet. */
  abort(): void;
}
