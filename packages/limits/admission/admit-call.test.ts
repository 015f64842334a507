import type { AskedCall, CallSize, TokenUsage, UnitPrices } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
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

const plainPrices: UnitPrices = { input: '0.000001', output: '0.000001', cacheRead: null, cacheWrite: null };

function admit(rules: SubjectRules, size: Partial<CallSize>, prices = plainPrices, again?: AskedCall['again']) {
  const asked: AskedCall = {
    organizationId: 'o',
    apiKeyId: 'k',
    memberId: null,
    slug: 'm',
    prices,
    ...(again && { again }),
    size: () => ({ promptTokens: 10, images: 0, writesLongCache: false, askedTokens: null, longestTokens: null, ...size }),
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

it('what is to stay in the cache for an hour is reserved at what that costs, where it is dearer', async () => {
  const size = { promptTokens: 100, askedTokens: 0 };
  const reserve = async (writesLongCache: boolean, cacheWrite: string | null) =>
    (await admit(budgetOfOneDollar(), { ...size, writesLongCache }, { ...plainPrices, cacheWrite })).reservedCost;
  expect(await reserve(false, '0.00000125')).toBe('0.000125');
  expect(await reserve(true, '0.00000125')).toBe('0.0002');
  expect(await reserve(true, '0.000003')).toBe('0.0003');
  expect(await reserve(true, null)).toBe('0.0001');
});

describe('what is counted of a call', () => {
  const size = { promptTokens: 60, askedTokens: 40 };
  const usage: TokenUsage = {
    promptTokens: 5,
    completionTokens: 5,
    cachedTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    providerCost: null,
  };
  const unanswered = { usage: null, cost: null, free: false };
  const refused = { usage: null, cost: null, free: true };
  const answered = { usage, cost: '0.00001', free: false };

  it.each([
    ['never sent', [], 0],
    ['refused', [refused], 0],
    ['not answered', [unanswered], 100],
    ['not answered, then refused', [unanswered, refused], 100],
    ['refused, then answered', [refused, answered], 10],
    ['not answered, then answered', [unanswered, answered], 110],
    ['not answered twice', [unanswered, unanswered], 200],
  ])('that was %s', async (_, attempts, tokens) => {
    const rules = budgetOfOneDollar();
    const call = await admit(rules, size);
    const spentBefore = rules.budgets[0]?.leaseAt(0).free ?? 0;
    for (const attempt of attempts) call.settle(attempt);
    call.end();
    expect(rules.counter.used('tokens', 0)).toBe(tokens);
    // A token costs a thousand billionths of a dollar; what was reserved and not spent is free again.
    expect((rules.budgets[0]?.leaseAt(0).free ?? 0) - spentBefore).toBe(100_000 - tokens * 1_000);
    expect(rules.counter.concurrent).toBe(0);
  });

  it('is reserved anew for another attempt, and no call more', async () => {
    const rules = budgetOfOneDollar();
    const call = await admit(rules, size);
    call.settle(refused);
    expect(call.isSpent).toBe(false);
    call.settle(unanswered);
    expect(call.isSpent).toBe(true);
    call.end();
    const next = await admit(rules, size, plainPrices, 'same_model');
    expect([next.reservedCost, next.isSpent]).toEqual(['0.0001', false]);
    expect(rules.counter.used('requests', 0)).toBe(1);
    expect(rules.counter.used('tokens', 0)).toBe(200);
  });
});

it.each([
  [{}, '0.00003'],
  [{ audioIn: true }, '0.0001'],
  [{ audioOut: true }, '0.00055'],
  [{ audioIn: true, audioOut: true }, '0.00062'],
])('sound is reserved at its own price where it may be sent or answered: %j', async (sound, reserved) => {
  const prices = {
    ...plainPrices,
    output: '0.000002',
    cacheWrite: '0.000001',
    audioInput: '0.000008',
    audioOutput: '0.000054',
    reasoning: '0.000001',
  };
  expect((await admit(budgetOfOneDollar(), { askedTokens: 10, ...sound }, prices)).reservedCost).toBe(reserved);
});

it('sound that is cheaper than what the prompt may cost besides is not reserved', async () => {
  const prices = { ...plainPrices, cacheWrite: '0.000009', audioInput: '0.000008', audioOutput: '0.0000005' };
  expect((await admit(budgetOfOneDollar(), { askedTokens: 10, audioIn: true, audioOut: true }, prices)).reservedCost).toBe('0.0001');
});
