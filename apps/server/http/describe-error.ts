import { type Log, PipelinesError, toSafeError } from '@pipelines/contracts';
import type { RequestContext } from './request-context.ts';

/** What the client is told: our own error, or `internal_error` for anything foreign, which is logged by its kind. */
export function describeError(error: unknown, context: RequestContext, log: Log): PipelinesError {
  if (error instanceof PipelinesError && error.status < 500) return error;
  const { requestId, request, route } = context;
  log({ event: 'request_failed', requestId, method: request.method ?? '', route, error: toSafeError(error) });
  return error instanceof PipelinesError ? error : new PipelinesError(isDatabaseGone(error) ? 'unavailable' : 'internal_error');
}

const goneCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '08006']);

/** What the driver says where it gives no code: it waited for a connection or an answer in vain. */
const goneMessages = new Set([
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Query read timeout',
]);

/** Drizzle wraps the driver's error. */
function isDatabaseGone(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    const { code } = current as NodeJS.ErrnoException;
    if ((typeof code === 'string' && goneCodes.has(code)) || goneMessages.has(current.message)) return true;
    current = current.cause;
  }
  return false;
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
