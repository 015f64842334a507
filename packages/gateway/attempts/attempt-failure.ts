import type { UpstreamCause } from '@pipelines/contracts';
import { EgressError } from '@pipelines/egress';
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
}

/** Statuses by which a provider says that it has not begun: too many requests, not available. */
const notBegun = new Set<number | null>([429, 503]);

/** @throws the error itself, when it says nothing about a provider */
export function toAttemptFailure(error: unknown): AttemptFailure {
  if (error instanceof UpstreamError) {
    const { reason, status, retryAfterSeconds, retryable } = error;
    return { cause: reason, status, retryAfterSeconds, timeout: null, repeatable: retryable && notBegun.has(status) };
  }
  if (error instanceof EgressError) {
    const repeatable = error.phase === 'before_send' && mayPass.has(error.cause);
    return { cause: error.cause, status: null, retryAfterSeconds: null, timeout: timeoutNames[error.hint ?? ''] ?? null, repeatable };
  }
  throw error;
}

const mayPass = new Set<UpstreamCause>(['connection_refused', 'connection_lost', 'dns_failed', 'timed_out']);

const breaks: ReadonlySet<UpstreamCause> = new Set(['connection_lost', 'timed_out', 'response_too_large']);

/** How an attempt ended whose answer never came: one that had begun well may have been charged for, though nobody knows how much. */
export function statusOf({ cause }: AttemptFailure, httpStatus: number | null): 'failed' | 'incomplete' {
  const hadBegun = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
  return hadBegun && breaks.has(cause) ? 'incomplete' : 'failed';
}

const timeoutNames: Readonly<Record<string, TimeoutName>> = {
  connect_timeout: 'connect',
  first_byte_timeout: 'first_byte',
  idle_timeout: 'idle',
  total_timeout: 'total',
};
