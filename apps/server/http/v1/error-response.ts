import type { ServerResponse } from 'node:http';
import type { PipelinesError } from '@pipelines/contracts';
import { type Dialect, requestIdHeaders } from '@pipelines/gateway';
import { errorHeaders } from '../describe-error.ts';
import { setSecurityHeaders } from '../security-headers.ts';
import { sendJson } from '../send-json.ts';

/** Answers with an error in the shape of the caller's dialect, before anything else has been sent. */
export function sendDialectError(response: ServerResponse, dialect: Dialect, error: PipelinesError, requestId: string): void {
  setSecurityHeaders(response, requestId);
  const headers = { ...errorHeaders(error), ...requestIdHeaders(dialect, requestId) };
  sendJson(response, error.status, dialect.errorBody(error, requestId), headers);
}
