import type { AdapterTarget, RawResponse } from '../adapter.ts';
import { isContextOverflow } from '../context-overflow.ts';
import { matchErrorRule } from '../match-error-rule.ts';
import { type ErrorSignals, parseErrorBody, readErrorValue } from '../parse-error-body.ts';
import type { Quirks } from '../quirks.ts';
import { readRetryAfter } from '../retry-after.ts';
import { UpstreamError } from '../upstream-error.ts';
import { errorRules, statusRules } from './error-rules.ts';

/** An answer that is no success, as one cause of ours. */
export function classifyError(response: RawResponse, target: Pick<AdapterTarget, 'quirks'>): UpstreamError {
  const signals = parseErrorBody(response.status, response.body);
  return toUpstreamError(signals, target.quirks, readRetryAfter(response.headers));
}

/** An error that came as JSON inside a 200, whole or streamed. */
export function classifyInBandError(value: unknown, quirks: Quirks = {}): UpstreamError {
  return toUpstreamError(readErrorValue(200, value), quirks, null);
}

function toUpstreamError(signals: ErrorSignals, quirks: Quirks, retryAfterSeconds: number | null): UpstreamError {
  const { status } = signals;
  const verdict = judge(signals, quirks);
  return new UpstreamError(verdict.cause, { status, retryAfterSeconds, detail: verdict.detail ?? null });
}

type Verdict = { readonly cause: UpstreamError['reason']; readonly detail?: string | undefined };

function judge(signals: ErrorSignals, quirks: Quirks): Verdict {
  const { status, form, message } = signals;
  const wrongPath = status === 404 && !speaksOfModel(signals);
  if (wrongPath || (form === 'html' && (status === null || status < 300 || [400, 405].includes(status)))) {
    return { cause: 'not_openai_shape', detail: form === 'html' ? 'html' : 'path' };
  }
  if (isContextOverflow(message) && (status === null || status < 500)) return { cause: 'context_too_long' };
  const rule = matchErrorRule(errorRules, signals) ?? matchErrorRule(statusRules, signals);
  if (rule !== null) return rule;
  if (status === 503 && quirks.scalesToZero === true) return { cause: 'endpoint_starting' };
  if (status === 404) return { cause: 'model_not_found' };
  if (status === null || status >= 500) return { cause: 'upstream_unavailable' };
  return { cause: 'bad_request' };
}

/** Servers of this wire answer 404 for an unknown model in JSON; a web framework's own 404 means an unknown path. */
function speaksOfModel({ form, codes, message }: ErrorSignals): boolean {
  if (form !== 'json') return false;
  return (
    !/^(?:not found|method not allowed|no such (?:route|path)|route not found|invalid url \(.*)?\.?$/i.test(message.trim()) ||
    codes.some((code) => code.includes('model'))
  );
}
