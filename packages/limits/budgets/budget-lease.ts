import { setTimeout as sleep } from 'node:timers/promises';
import { PipelinesError } from '@pipelines/contracts';
import { type BudgetPlace, type Grant, grantLifeSeconds } from './exchange-grants.ts';

/** Why a budget holds nothing for a call: what is left of it, in billionths of a dollar. */
export interface Shortage {
  readonly left: number;
}

/** Moves money between the budget and this process. `needed` as `exchangeGrants` takes it. */
export type Exchange = (place: BudgetPlace, needed: number) => Promise<Grant>;

/** Others are asked to give back what they hold; they need a moment for it. */
const recallTries = 5;
const recallWaitMs = 60;
/** That there is too little, or no answer, is taken for true so long, so that a flood of calls does not ask with each. */
const answerHoldsMs = 250;
const exchangeTimeoutMs = 2_000;
/** A little less than others believe, so that nothing is spent here that they have taken for free. */
const grantLifeMs = grantLifeSeconds * 1_000 - 60_000;

/**
 * What this process may spend of a budget in one period. Calls reserve what they may cost, all in memory; only where
 * that is more than the process holds is the database asked for more. All numbers are billionths of a dollar.
 */
export class BudgetLease {
  readonly place: BudgetPlace;
  /** All that was granted and not given back. */
  #granted = 0;
  #used = 0;
  #reserved = 0;
  readonly #exchange: Exchange;
  #turn: Promise<unknown> = Promise.resolve();
  #renewedMs = Number.NEGATIVE_INFINITY;
  #lastUseMs = performance.now();
  /** What was asked for since the last look. */
  #recentCost = 0;
  /** Why the last call was refused. */
  #answer: { readonly atMs: number; readonly available: number | null } | null = null;

  constructor(place: BudgetPlace, exchange: Exchange) {
    this.place = place;
    this.#exchange = exchange;
  }

  /** What the next calls may reserve without asking. */
  get free(): number {
    return this.isValid ? this.#granted - this.#used - this.#reserved : 0;
  }

  get idleMs(): number {
    return performance.now() - this.#lastUseMs;
  }

  /** What calls have asked for since the last time that this was read: about what the next ones will. */
  takeRecentCost(): number {
    const recent = this.#recentCost;
    this.#recentCost = 0;
    return recent;
  }

  /** Nothing of it is out and nothing is held: it may be forgotten. */
  get isDone(): boolean {
    return this.#reserved === 0 && this.free <= 0;
  }

  /** Null at once in all but rare cases: it is reserved. @throws PipelinesError `unavailable` where that cannot be known */
  reserve(amount: number): null | Promise<Shortage | null> {
    this.#lastUseMs = performance.now();
    this.#recentCost += amount;
    if (!this.#take(amount)) return this.#inTurn(() => this.#obtain(amount));
    return null;
  }

  release(amount: number): void {
    this.#reserved -= amount;
  }

  spend(amount: number): void {
    this.#used += amount;
  }

  /** Gets some more before a call has to wait for it. Never rejects. */
  async refill(enough: number): Promise<void> {
    await this.#inTurn(async () => {
      if (this.free < enough) await this.#ask(0);
    }).catch(() => undefined);
  }

  /** Gives back what no call has reserved; the next call that is short of it asks anew. Never rejects. */
  async giveBack(): Promise<void> {
    await this.#inTurn(async () => {
      this.#answer = null;
      const free = this.#granted - this.#used - this.#reserved;
      if (free <= 0) return;
      // Before it is given: no call may take it meanwhile.
      this.#granted -= free;
      await this.#exchange(this.place, -free).catch((error: unknown) => {
        this.#granted += free;
        throw error;
      });
    }).catch(() => undefined);
  }

  /** The database has heard that this process is alive. */
  renewed(): void {
    this.#renewedMs = performance.now();
  }

  /** False: nobody has confirmed for so long what it holds that others may have taken it. */
  get isValid(): boolean {
    return performance.now() - this.#renewedMs < grantLifeMs;
  }

  #take(amount: number): boolean {
    if (amount > this.free) return false;
    this.#reserved += amount;
    return true;
  }

  /** One after the other, so that what one gets is not promised to two. */
  #inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(step);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #obtain(amount: number): Promise<Shortage | null> {
    if (this.#take(amount)) return null;
    const known = this.#recentAnswer(amount);
    if (known !== null) return known;
    for (let tries = 1; ; tries += 1) {
      const { available, heldElsewhere } = await this.#ask(amount - this.free);
      if (this.#take(amount)) return null;
      if (!heldElsewhere || tries === recallTries) {
        this.#answer = { atMs: performance.now(), available };
        return { left: Math.max(0, this.free) + available };
      }
      await sleep(recallWaitMs);
    }
  }

  #recentAnswer(amount: number): Shortage | null {
    if (this.#answer === null || performance.now() - this.#answer.atMs > answerHoldsMs) return null;
    const { available } = this.#answer;
    if (available === null) throw unavailable();
    const free = Math.max(0, this.free);
    return amount - free > available ? { left: free + available } : null;
  }

  async #ask(needed: number): Promise<Grant> {
    try {
      const grant = await this.#exchangeInTime(needed);
      this.#granted += grant.granted;
      this.renewed();
      this.#answer = null;
      return grant;
    } catch {
      this.#answer = { atMs: performance.now(), available: null };
      throw unavailable();
    }
  }

  /** What is granted after we have stopped to wait is given back. */
  async #exchangeInTime(needed: number): Promise<Grant> {
    const asked = this.#exchange(this.place, needed);
    const timeout = new AbortController();
    const late = sleep(exchangeTimeoutMs, null, { signal: timeout.signal }).catch(() => null);
    const grant = await Promise.race([asked, late]);
    timeout.abort();
    if (grant !== null) return grant;
    void asked
      .then(
        ({ granted }) => this.#exchange(this.place, -granted),
        () => undefined,
      )
      .catch(() => undefined);
    throw new Error('The database does not answer.');
  }
}

function unavailable(): PipelinesError {
  return new PipelinesError('unavailable', {
    detail: 'What is left of the budget cannot be known right now.',
    retryAfterSeconds: 5,
    transient: true,
  });
}
