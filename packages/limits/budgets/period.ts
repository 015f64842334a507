import type { BudgetPeriod } from '@pipelines/contracts';

/** The first moment of the period that a moment falls into, as the database computes it. Milliseconds since 1970. */
export function periodStart(period: BudgetPeriod, atMs: number): number {
  if (period === 'total') return 0;
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), period === 'day' ? at.getUTCDate() : 1);
}

/** When the next one begins; null: never. */
export function periodEnd(period: BudgetPeriod, startMs: number): number | null {
  if (period === 'total') return null;
  const start = new Date(startMs);
  const isDay = period === 'day';
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + (isDay ? 0 : 1), isDay ? start.getUTCDate() + 1 : 1);
}
