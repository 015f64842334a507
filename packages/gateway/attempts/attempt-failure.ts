import type { UpstreamCause } from '@pipelines/contracts';
import { EgressError, type EgressHint } from '@pipelines/egress';
import { UpstreamError } from '@pipelines/providers';

export type TimeoutName = 'connect' | 'first_byte' | 'idle' | 'total';

/** Why an attempt gave no answer, whoever noticed it. */
export interface AttemptFailure {
  readonly cause: UpstreamCause;
  /** The provider's HTTP status; null where there was none. */
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
  /** Which clock has run out, where one has. */
  readonly timeout: TimeoutName | null;
  /** True where the same request may be sent again without the risk of paying for it twice. */
  readonly repeatable: boolean;
  /** The request was on its way to somebody who speaks HTTP, or who said nothing. False: it never went out. */
  readonly reached: boolean;
}

/** Statuses by which a provider says that it has not begun: too many requests, not available. */
const notBegun = new Set<number | null>([429, 503]);

/** @throws the error itself, when it says nothing about a provider */
export function toAttemptFailure(error: unknown): AttemptFailure {
  if (error instanceof UpstreamError) {
    const { reason, status, retryAfterSeconds, retryable } = error;
    return { cause: reason, status, retryAfterSeconds, timeout: null, repeatable: retryable && notBegun.has(status), reached: true };
  }
  if (error instanceof EgressError) {
    const { cause, phase, hint } = error;
    const repeatable = phase === 'before_send' && mayPass.has(cause);
    const reached = phase === 'after_send' && !strangers.has(hint);
    return { cause, status: null, retryAfterSeconds: null, timeout: timeoutNames[hint ?? ''] ?? null, repeatable, reached };
  }
  throw error;
}

const mayPass = new Set<UpstreamCause>(['connection_refused', 'connection_lost', 'dns_failed', 'timed_out']);

/** What says that no provider was there at all. */
const strangers: ReadonlySet<EgressHint | null> = new Set(['not_http', 'plain_http_on_https_port']);

/** How an answer ends that was not refused. `canceled`: by the caller, or by this server when it stops. */
const breaks: ReadonlySet<UpstreamCause> = new Set(['connection_lost', 'timed_out', 'response_too_large', 'canceled']);

/**
 * Whether an attempt without an answer may have been charged for, though nobody knows how much: the request was out, and the
 * provider has not refused it. Silence is no refusal.
 */
export function mayBeCharged({ cause, reached }: AttemptFailure, httpStatus: number | null): boolean {
  const isRefused = httpStatus !== null && (httpStatus < 200 || httpStatus >= 300);
  return reached && !isRefused && breaks.has(cause);
}

const timeoutNames: Readonly<Record<string, TimeoutName>> = {
  connect_timeout: 'connect',
  first_byte_timeout: 'first_byte',
  idle_timeout: 'idle',
  total_timeout: 'total',
};
