import type { Usage } from '@pipelines/contracts';
import { compareDecimals, multiplyDecimal, shiftDecimal } from '../../ui/decimal-text.ts';

export interface DayCost {
  /** `2026-09-01`, UTC. */
  readonly day: string;
  /** USD, exact: the known costs only. */
  readonly cost: string;
  readonly calls: number;
  readonly unknownCostCalls: number;
}

/** One entry for every day of the period, days without calls included. */
export function daySeries(days: readonly string[], rows: Usage['data']): DayCost[] {
  const byDay = new Map(rows.map((row) => [row.key, row]));
  return days.map((day) => {
    const row = byDay.get(day);
    return { day, cost: row?.cost ?? '0', calls: row?.calls ?? 0, unknownCostCalls: row?.unknown_cost_calls ?? 0 };
  });
}

export interface CostScale {
  /** The top of the axis in USD. */
  readonly top: string;
  /** From 0 to the top, in at most five equal steps. */
  readonly ticks: readonly string[];
}

const mostSteps = 5;

/** An axis with round steps (1, 2, 2.5 or 5 of any power of ten) that holds the largest cost. */
export function costScale(costs: readonly string[]): CostScale {
  const largest = costs.reduce((most, cost) => (compareDecimals(cost, most) > 0 ? cost : most), '0');
  if (compareDecimals(largest, '0') === 0) return scaleOf('0.25', '1');
  for (let exponent = -18; exponent < 18; exponent += 1) {
    const step = ['1', '2', '2.5', '5'].map((digits) => shiftDecimal(digits, exponent)).find((each) => holds(each, mostSteps, largest));
    if (step) return scaleOf(step, largest);
  }
  return scaleOf(largest, largest);
}

function holds(step: string, count: number, largest: string): boolean {
  return compareDecimals(multiplyDecimal(step, count), largest) >= 0;
}

function scaleOf(step: string, largest: string): CostScale {
  let count = 1;
  while (count < mostSteps && !holds(step, count, largest)) count += 1;
  const ticks = Array.from({ length: count + 1 }, (_, index) => multiplyDecimal(step, index));
  return { top: multiplyDecimal(step, count), ticks };
}
