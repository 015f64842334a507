import { type BudgetPeriod, PipelinesError } from '@pipelines/contracts';
import { periodEnd } from '../budgets/period.ts';
import { tellUsd, toNanoUsd } from '../usd.ts';
import type { Rate } from './call-counter.ts';
import type { BudgetRule, SubjectRules } from './limit-rules.ts';

/** Who a limit is on, as the subject of a sentence. */
function tellSubject({ subject, name }: SubjectRules): string {
  const kinds = { organization: 'The organization', api_key: 'The API key', member: 'The member', model: 'The model' };
  return `${kinds[subject.type]} "${name}"`;
}

const raise = (subject: SubjectRules) => `an admin can raise the limit ${whereToRaise[subject.subject.type]}`;
const whereToRaise = {
  organization: 'under Settings',
  api_key: 'under API keys',
  member: 'under People',
  model: "on the model's page",
} as const;

export function refuseRate(rules: SubjectRules, rate: Rate, limit: number, needed: number, seconds: number): PipelinesError {
  const many = limit.toLocaleString('en-US');
  const what = rate === 'requests' ? `${many} ${limit === 1 ? 'call' : 'calls'}` : `${many} tokens`;
  if (!Number.isFinite(seconds)) {
    return new PipelinesError('rate_limited', {
      detail: `${tellSubject(rules)} may use ${what} a minute, and this call alone may need ${needed.toLocaleString('en-US')}.`,
      fix: `Shorten the messages or ask for a shorter answer (max_tokens); ${raise(rules)}.`,
    });
  }
  return new PipelinesError('rate_limited', {
    detail: `${tellSubject(rules)} may ${rate === 'requests' ? 'make' : 'use'} ${what} a minute, and has come to that.`,
    fix: `Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}; ${raise(rules)}.`,
    retryAfterSeconds: seconds,
    transient: true,
  });
}

export function refuseConcurrent(rules: SubjectRules, limit: number): PipelinesError {
  const many = limit === 1 ? 'one call' : `${limit.toLocaleString('en-US')} calls`;
  return new PipelinesError('rate_limited', {
    detail: `${tellSubject(rules)} may have ${many} out at a time, and has.`,
    fix: `Try again when one has ended; ${raise(rules)}.`,
    retryAfterSeconds: 1,
    transient: true,
  });
}

const periodWords: Record<BudgetPeriod, string> = { day: ' a day', month: ' a month', total: ' in all' };

/** @param reserved what the call may cost, @param left what the budget has: billionths of a dollar */
export function refuseBudget(rules: SubjectRules, budget: BudgetRule, reserved: number, left: number, nowMs: number): PipelinesError {
  const amount = tellUsd(toNanoUsd(budget.amount));
  const end = periodEnd(budget.period, budget.leaseAt(nowMs).place.startsAtMs);
  const renewal = end === null ? '' : ` It begins anew at ${new Date(end).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  const smaller = left > 0 ? ' A shorter answer (max_tokens) costs less.' : '';
  return new PipelinesError('budget_exceeded', {
    detail: `${tellSubject(rules)} may spend ${amount}${periodWords[budget.period]}: ${tellUsd(left)} is left, and this call may cost ${tellUsd(reserved)}.`,
    fix: `Ask an admin to raise the budget ${whereToRaise[rules.subject.type]}.${renewal}${smaller}`,
  });
}

export function refuseUnknownPrice(rules: SubjectRules, slug: string): PipelinesError {
  return new PipelinesError('price_unknown', {
    detail: `${tellSubject(rules)} has a budget that allows only models whose price is known, and that of "${slug}" is not.`,
    param: 'model',
  });
}
