import { type Log, PipelinesError, toSafeError } from '@pipelines/contracts';
import { isDatabaseGone } from '@pipelines/database';
import type { RequestContext } from './request-context.ts';

/** What the client is told: our own error, or `internal_error` for anything foreign, which is logged by its kind. */
export function describeError(error: unknown, context: RequestContext, log: Log): PipelinesError {
  if (error instanceof PipelinesError && error.status < 500) return error;
  const { requestId, request, route } = context;
  log({ event: 'request_failed', requestId, method: request.method ?? '', route, error: toSafeError(error) });
  return error instanceof PipelinesError ? error : new PipelinesError(isDatabaseGone(error) ? 'unavailable' : 'internal_error');
}

/** Headers that belong to an error, whatever its body looks like. */
export function errorHeaders(error: PipelinesError): Record<string, string> {
  return {
    ...(error.retryAfterSeconds === null ? {} : { 'retry-after': String(error.retryAfterSeconds) }),
    ...(error.status === 401 ? { 'www-authenticate': 'Bearer realm="pipelines"' } : {}),
    // What is left of the body is not worth waiting for.
    ...(error.code === 'body_too_large' || error.code === 'request_timeout' ? { connection: 'close' } : {}),
  };
}
