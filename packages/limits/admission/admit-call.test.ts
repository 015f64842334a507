import type { AskedCall, CallSize } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { BudgetLease } from '../budgets/budget-lease.ts';
import { admitCall } from './admit-call.ts';
import { AnswerSizes } from './answer-sizes.ts';
import { CallCounter } from './call-counter.ts';
import type { SubjectRules } from './limit-rules.ts';

const oneDollar = 1_000_000_000;

/** A key with a budget of a dollar, and nothing of it spent. */
function budgetOfOneDollar(): SubjectRules {
  const lease = new BudgetLease({ organizationId: 'o', budgetId: 'b', startsAtMs: 0 }, async (_, needed) => ({
    granted: needed > oneDollar ? 0 : needed,
    available: oneDollar,
    heldElsewhere: false,
    nowMs: 0,
  }));
  const budget = { id: 'b', period: 'total', amount: '1', refuseUnknownPrices: false, leaseAt: () => lease } as const;
  return { subject: { type: 'api_key', id: 'k' }, name: 'Triage', limit: null, counter: new CallCounter(), budgets: [budget] };
}

function admit(rules: SubjectRules, size: Partial<CallSize>) {
  const prices = { input: '0.000001', output: '0.000001', cacheRead: null, cacheWrite: null };
  const asked: AskedCall = {
    organizationId: 'o',
    apiKeyId: 'k',
    memberId: null,
    slug: 'm',
    prices,
    size: () => ({ promptTokens: 10, images: 0, askedTokens: null, longestTokens: null, ...size }),
  };
  return Promise.resolve(admitCall({ now: () => 0, sizes: new AnswerSizes(), onRefusal: () => undefined }, asked, [rules]));
}

it.each([2_000_000, 3_000_000_000, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY])(
  'no call asks for so much (%d tokens) that nothing is reserved for it',
  async (askedTokens) => {
    const rules = budgetOfOneDollar();
    await expect(async () => admit(rules, { askedTokens })).rejects.toMatchObject({ code: 'budget_exceeded' });
    expect(rules.counter.used('tokens', 0)).toBe(0);
  },
);

it('part of a token is reserved as a whole one', async () => {
  expect((await admit(budgetOfOneDollar(), { askedTokens: 16.5 })).reservedCost).toBe('0.000027');
});
