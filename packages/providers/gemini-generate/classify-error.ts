import type { RawResponse } from '../adapter.ts';
import { judgeSignals } from '../judge-signals.ts';
import { parseErrorBody, readErrorValue } from '../parse-error-body.ts';
import { readRetryAfter } from '../retry-after.ts';
import type { UpstreamError } from '../upstream-error.ts';
import { errorRules } from './error-rules.ts';

/** An answer that is no success: one error, or a list that holds it. */
export function classifyError(response: RawResponse): UpstreamError {
  const retryAfterSeconds = readRetryAfter(response.headers) ?? readRetryDelay(response.body);
  return judgeSignals(parseErrorBody(response.status, response.body), errorRules, retryAfterSeconds);
}

/** An error inside a stream, or with a 200. */
export function classifyInBandError(value: unknown): UpstreamError {
  return judgeSignals(readErrorValue(200, value), errorRules, null);
}

/** `"retryDelay": "37s"` among the details, where the header is missing. */
function readRetryDelay(body: Uint8Array): number | null {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 65_536)).toString('utf8');
  const seconds = /"retryDelay"\s*:\s*"(\d{1,5}(?:\.\d{1,9})?)s"/.exec(text)?.[1];
  return seconds === undefined ? null : readRetryAfter({ 'retry-after': seconds });
}
