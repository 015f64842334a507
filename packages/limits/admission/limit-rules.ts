import type { AskedCall, BudgetPeriod } from '@pipelines/contracts';
import type { BudgetLease } from '../budgets/budget-lease.ts';
import { type LimitSubject, subjectKey } from '../limit-subject.ts';
import type { CallCounter } from './call-counter.ts';

/** The limits of one subject; null is none. */
export interface CallLimitRule {
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly concurrentCalls: number | null;
}

export interface BudgetRule {
  readonly id: string;
  readonly period: BudgetPeriod;
  /** USD, as it was entered. */
  readonly amount: string;
  readonly refuseUnknownPrices: boolean;
  /** What this process holds of it, in the period of `nowMs`. */
  leaseAt(nowMs: number): BudgetLease;
}

/** Everything that holds for one subject. */
export interface SubjectRules {
  readonly subject: LimitSubject;
  /** As people call it. */
  readonly name: string;
  readonly limit: CallLimitRule | null;
  readonly counter: CallCounter;
  readonly budgets: readonly BudgetRule[];
}

/** What holds in an organization, by subject. */
export interface OrganizationRules {
  readonly bySubject: ReadonlyMap<string, SubjectRules>;
  /** Who made which API key: a member's limits hold for their keys, too. */
  readonly keyOwners: ReadonlyMap<string, string>;
}

/** What holds for a call: of its organization, its key, whoever made that or asks in person, and its model. */
export function findRules(rules: OrganizationRules, { apiKeyId, memberId, slug }: AskedCall): SubjectRules[] {
  const member = memberId ?? (apiKeyId === null ? null : (rules.keyOwners.get(apiKeyId) ?? null));
  const found: SubjectRules[] = [];
  const add = (subject: LimitSubject) => {
    const known = rules.bySubject.get(subjectKey(subject));
    if (known !== undefined) found.push(known);
  };
  add({ type: 'organization', id: null });
  if (apiKeyId !== null) add({ type: 'api_key', id: apiKeyId });
  if (member !== null) add({ type: 'member', id: member });
  add({ type: 'model', id: slug });
  return found;
}
