import { isContextOverflow } from './context-overflow.ts';
import { type ErrorRule, matchErrorRule } from './match-error-rule.ts';
import type { ErrorSignals } from './parse-error-body.ts';
import { UpstreamError } from './upstream-error.ts';

/** What a status means at a native API where its own rows say nothing. */
const statusRules: readonly ErrorRule[] = [
  { status: [301, 302, 303, 307, 308], cause: 'redirected' },
  { status: [401], cause: 'bad_key' },
  { status: [403], cause: 'no_access' },
  { status: [404], cause: 'model_not_found' },
  { status: [408, 504], cause: 'timed_out' },
  { status: [413], cause: 'context_too_long' },
  { status: [429], cause: 'rate_limited' },
];

const throttleCodes = /^throttling|^toomanyrequests|^rate_limit|^resource_exhausted$/;

/** The signals of a native API as one cause, by its rows in their order. `factsOf` adds what helps to repair. */
export function judgeSignals(
  signals: ErrorSignals,
  rules: readonly ErrorRule[],
  retryAfterSeconds: number | null,
  factsOf: (rule: ErrorRule) => Readonly<Record<string, string>> = () => ({}),
): UpstreamError {
  const { status, message } = signals;
  const throttled = signals.codes.some((code) => throttleCodes.test(code));
  if (!throttled && isContextOverflow(message)) return new UpstreamError('context_too_long', { status });
  const rule = matchErrorRule(rules, signals) ?? matchErrorRule(statusRules, signals);
  if (rule === null) return new UpstreamError(fallbackCause(signals), { status, retryAfterSeconds });
  return new UpstreamError(rule.cause, { status, retryAfterSeconds, detail: rule.detail ?? null, facts: factsOf(rule) });
}

function fallbackCause({ form, status }: ErrorSignals): UpstreamError['reason'] {
  if (form === 'html' && (status ?? 0) < 500) return 'not_openai_shape';
  return status !== null && status < 500 ? 'bad_request' : 'upstream_unavailable';
}
