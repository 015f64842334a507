import type { ModelHealthSlice } from '@pipelines/contracts';

const quarterMs = 15 * 60_000;
const quarters = 96;

export interface HealthPoint {
  readonly startsAtMs: number;
  readonly answered: number;
  readonly failed: number;
  readonly latencyP95Ms: number | null;
}

/** The last day in quarters of an hour, the present one last; those without calls are empty. */
export function healthSeries(slices: readonly ModelHealthSlice[], nowMs: number): readonly HealthPoint[] {
  const known = new Map(slices.map((slice) => [Date.parse(slice.starts_at), slice]));
  const lastMs = Math.floor(nowMs / quarterMs) * quarterMs;
  return Array.from({ length: quarters }, (_, index) => {
    const startsAtMs = lastMs - (quarters - 1 - index) * quarterMs;
    const slice = known.get(startsAtMs);
    return {
      startsAtMs,
      answered: slice ? slice.calls - slice.failed_calls : 0,
      failed: slice?.failed_calls ?? 0,
      latencyP95Ms: slice?.latency_p95_ms ?? null,
    };
  });
}
