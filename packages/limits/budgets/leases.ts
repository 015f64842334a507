import { BudgetLease, type Exchange } from './budget-lease.ts';
import type { BudgetPlace } from './exchange-grants.ts';

/** What this process holds of budgets, by budget and period. */
export class Leases {
  readonly #known = new Map<string, BudgetLease>();
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  of(place: BudgetPlace): BudgetLease {
    const key = keyOf(place);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const lease = new BudgetLease(place, this.#exchange);
    this.#known.set(key, lease);
    return lease;
  }

  all(): readonly BudgetLease[] {
    return [...this.#known.values()];
  }

  forget({ place }: BudgetLease): void {
    this.#known.delete(keyOf(place));
  }

  /** Another process is short of it, or its amount has changed: what is free goes back. */
  recall(budgetId: string): void {
    for (const lease of this.#known.values()) if (lease.place.budgetId === budgetId) void lease.giveBack();
  }
}

function keyOf({ budgetId, startsAtMs }: BudgetPlace): string {
  return `${budgetId}/${startsAtMs}`;
}
