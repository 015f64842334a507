import type { UpstreamCause } from '@pipelines/contracts';
import type { ErrorSignals } from './parse-error-body.ts';

/** One signal of a provider, and what it means. Every condition that is given must hold. */
export interface ErrorRule {
  readonly status?: readonly number[];
  /** Matched against each code and type, in lower case. */
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly cause: UpstreamCause;
  readonly detail?: string;
}

/** The first rule that holds, or null. */
export function matchErrorRule(rules: readonly ErrorRule[], signals: ErrorSignals): ErrorRule | null {
  return rules.find((rule) => holds(rule, signals)) ?? null;
}

function holds(rule: ErrorRule, signals: ErrorSignals): boolean {
  if (rule.status !== undefined && (signals.status === null || !rule.status.includes(signals.status))) return false;
  if (rule.code !== undefined && !signals.codes.some((code) => rule.code?.test(code))) return false;
  return rule.message === undefined || rule.message.test(signals.message);
}
