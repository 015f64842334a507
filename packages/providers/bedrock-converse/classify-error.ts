import type { RawResponse } from '../adapter.ts';
import { judgeSignals } from '../judge-signals.ts';
import { type ErrorSignals, parseErrorBody, readErrorValue } from '../parse-error-body.ts';
import { readRetryAfter } from '../retry-after.ts';
import type { UpstreamError } from '../upstream-error.ts';
import { errorRules } from './error-rules.ts';

/** An answer that is no success. The exception's name is in a header, as `Name:http://…`. */
export function classifyError(response: RawResponse): UpstreamError {
  const signals = parseErrorBody(response.status, response.body);
  const name = exceptionName(response.headers['x-amzn-errortype'] ?? '');
  return toUpstreamError({ ...signals, codes: [name, ...signals.codes.map(exceptionName)] }, readRetryAfter(response.headers));
}

/** An exception frame inside a stream. */
export function classifyException(name: string, payload: unknown): UpstreamError {
  return toUpstreamError({ ...readErrorValue(200, payload), codes: [exceptionName(name)] }, null);
}

function toUpstreamError(signals: ErrorSignals, retryAfterSeconds: number | null): UpstreamError {
  return judgeSignals(signals, errorRules, retryAfterSeconds, ({ detail }) =>
    detail === 'iam_action' ? missingAction(signals.message) : {},
  );
}

/** `com.amazon.coral#ThrottlingException:http://…` as `throttlingexception`. */
function exceptionName(text: string): string {
  return (text.split(':')[0] ?? '').replace(/^.*#/, '').toLowerCase();
}

const actions = ['InvokeModelWithResponseStream', 'InvokeModel', 'CallWithBearerToken', 'ListFoundationModels', 'ListInferenceProfiles'];

/** The IAM action that is missing, in our spelling of it: never a piece of the provider's text. */
function missingAction(message: string): Record<string, string> {
  const action = actions.find((name) => message.includes(`bedrock:${name}`));
  return action === undefined ? {} : { action: `bedrock:${action}` };
}
