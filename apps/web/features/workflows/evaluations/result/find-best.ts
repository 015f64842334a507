import type { CandidateResult } from '@pipelines/contracts';
import { compareDecimals } from '../../../../ui/decimal-text.ts';

/** Who leads in what; null where two do, or nothing is known. */
export interface BestCandidates {
  readonly quality: number | null;
  readonly cost: number | null;
  readonly latency: number | null;
}

/** Costs that are partly unknown are never called the cheapest. */
export function findBest(candidates: readonly CandidateResult[]): BestCandidates {
  const costs = candidates.every((each) => each.unknown_cost_calls === 0)
    ? leader(
        candidates,
        (each) => each.cost_per_task,
        (one, other) => compareDecimals(one, other),
      )
    : null;
  return {
    quality: leader(
      candidates,
      (each) => each.pass_rate?.rate ?? null,
      (one, other) => other - one,
    ),
    cost: costs,
    latency: leader(
      candidates,
      (each) => each.task_latency_p50_ms,
      (one, other) => one - other,
    ),
  };
}

function leader<Value>(
  candidates: readonly CandidateResult[],
  measure: (candidate: CandidateResult) => Value | null,
  compare: (one: Value, other: Value) => number,
): number | null {
  const known = candidates.flatMap((each) => {
    const value = measure(each);
    return value === null ? [] : [{ candidate: each.candidate, value }];
  });
  if (known.length < candidates.length) return null;
  const [first, second] = [...known].sort((one, other) => compare(one.value, other.value));
  return first && second && compare(first.value, second.value) < 0 ? first.candidate : null;
}
