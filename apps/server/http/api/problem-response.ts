import type { ServerResponse } from 'node:http';
import type { FieldError, PipelinesError } from '@pipelines/contracts';
import { errorHeaders } from '../describe-error.ts';
import { sendJson } from '../send-json.ts';

/** RFC 9457, with our stable code, the way out, and what is wrong with which field. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly fix: string;
  readonly errors: readonly FieldError[];
  readonly request_id: string;
}

function toProblem(error: PipelinesError, requestId: string): Problem {
  return {
    type: `/api/docs#error-${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.message,
    code: error.code,
    fix: error.fix,
    errors: error.fields,
    request_id: requestId,
  };
}

export function sendProblem(response: ServerResponse, error: PipelinesError, requestId: string): void {
  sendJson(response, error.status, toProblem(error, requestId), errorHeaders(error), 'application/problem+json');
}
