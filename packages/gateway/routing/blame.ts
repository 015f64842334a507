import type { UpstreamCause } from '@pipelines/contracts';
import type { AttemptFailure } from '../attempts/attempt-failure.ts';

/** What the request itself is to blame for: another route would answer the same, so none is asked. */
const callersFaults: ReadonlySet<UpstreamCause> = new Set([
  'bad_request',
  'feature_unsupported',
  'context_too_long',
  'content_blocked',
  'response_too_large',
  'canceled',
]);

export function isCallersFault({ cause }: AttemptFailure): boolean {
  return callersFaults.has(cause);
}

/** What says that nobody is there to answer. */
const outages: ReadonlySet<UpstreamCause> = new Set([
  'upstream_unavailable',
  'timed_out',
  'connection_refused',
  'connection_lost',
  'dns_failed',
  'tls_failed',
]);

/** Whether the route has failed as one that is down. An answer that took longer than the whole call may does not count. */
export function isOutage({ cause, timeout }: AttemptFailure): boolean {
  return outages.has(cause) && timeout !== 'total';
}
