import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BudgetLease, type Exchange } from './budget-lease.ts';
import type { Grant } from './exchange-grants.ts';

const place = { organizationId: 'o', budgetId: 'b', startsAtMs: 0 };

/** A budget in memory that deals out as the database does: what is needed, and an eighth of the rest. */
function budgetOf(amount: number) {
  let left = amount;
  const seen: number[] = [];
  const deal: Exchange = async (_, needed): Promise<Grant> => {
    seen.push(needed);
    await sleep(1);
    const granted = needed > left ? 0 : needed < 0 ? needed : needed + Math.floor((left - needed) / 8);
    const available = left;
    left -= granted;
    return { granted, available, heldElsewhere: false, nowMs: 0 };
  };
  return { deal, seen, left: () => left };
}

describe('BudgetLease', () => {
  it('asks once for many calls at a time, and then answers from memory', async () => {
    const budget = budgetOf(1_000);
    const lease = new BudgetLease(place, budget.deal);
    const answers = await Promise.all(Array.from({ length: 10 }, () => lease.reserve(10)));
    expect(answers).toEqual(Array(10).fill(null));
    expect(budget.seen.length).toBeLessThan(3);
    expect(lease.reserve(10)).toBeNull();
  });

  it('promises no more than there is, whatever order calls come and end in', async () => {
    for (let round = 0; round < 30; round += 1) {
      const budget = budgetOf(500);
      const lease = new BudgetLease(place, budget.deal);
      let reserved = 0;
      let spent = 0;
      await Promise.all(
        Array.from({ length: 60 }, async () => {
          await sleep(Math.random() * 5);
          const amount = 1 + Math.floor(Math.random() * 20);
          if ((await lease.reserve(amount)) !== null) return;
          reserved += amount;
          expect(spent + reserved).toBeLessThanOrEqual(500);
          await sleep(Math.random() * 5);
          const real = Math.floor(Math.random() * (amount + 1));
          lease.release(amount);
          lease.spend(real);
          reserved -= amount;
          spent += real;
        }),
      );
      await lease.giveBack();
      expect(budget.left()).toBe(500 - spent);
    }
  });

  it('says what is left, and does not ask again with each call that is refused', async () => {
    const budget = budgetOf(100);
    const lease = new BudgetLease(place, budget.deal);
    await lease.reserve(70);
    expect(await lease.reserve(40)).toEqual({ left: 30 });
    const asked = budget.seen.length;
    for (let call = 0; call < 50; call += 1) expect(await lease.reserve(40)).toEqual({ left: 30 });
    expect(budget.seen).toHaveLength(asked);
    expect(await lease.reserve(30)).toBeNull();
  });

  it('asks for what others hold before it refuses, whatever it has been told right before', async () => {
    let elsewhere = 60;
    const asked: number[] = [];
    const lease = new BudgetLease(place, async (_, needed) => {
      asked.push(needed);
      const available = 40 - elsewhere / 2;
      const isShort = needed > available;
      // They give it back once they are asked.
      if (isShort) elsewhere = 0;
      return { granted: isShort ? 0 : needed, available, heldElsewhere: isShort, nowMs: 0 };
    });
    await lease.refill(1);
    expect(await lease.reserve(30)).toBeNull();
    expect(asked).toEqual([0, 30, 30]);
  });

  it('uses what it has while the database is away, and then refuses', async () => {
    const budget = budgetOf(800);
    let away = false;
    const lease = new BudgetLease(place, (where, needed) => (away ? Promise.reject(new Error('gone')) : budget.deal(where, needed)));
    await lease.reserve(0);
    await lease.refill(1);
    away = true;
    expect(lease.free).toBeGreaterThan(0);
    expect(lease.reserve(lease.free)).toBeNull();
    await expect(lease.reserve(1)).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 });
    await lease.giveBack();
    away = false;
    await sleep(300);
    expect(await lease.reserve(1)).toBeNull();
  });

  it('makes good what calls have cost above their estimate', async () => {
    const budget = budgetOf(100);
    const lease = new BudgetLease(place, budget.deal);
    await lease.reserve(10);
    lease.release(10);
    lease.spend(60);
    expect(await lease.reserve(41)).toMatchObject({ left: expect.any(Number) });
    await sleep(300);
    expect(await lease.reserve(40)).toBeNull();
  });
});
