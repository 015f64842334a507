import type { RawResponse } from '../adapter.ts';
import { judgeSignals } from '../judge-signals.ts';
import { parseErrorBody, readErrorValue } from '../parse-error-body.ts';
import { readRetryAfter } from '../retry-after.ts';
import type { UpstreamError } from '../upstream-error.ts';
import { errorRules } from './error-rules.ts';

/** An answer that is no success. */
export function classifyError(response: RawResponse): UpstreamError {
  return judgeSignals(parseErrorBody(response.status, response.body), errorRules, readRetryAfter(response.headers));
}

/** `event: error` inside a stream, or an error with a 200. */
export function classifyInBandError(value: unknown): UpstreamError {
  return judgeSignals(readErrorValue(200, value), errorRules, null);
}
