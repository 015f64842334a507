import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LatencyBuckets, percentileOf } from './latency-buckets.ts';

const bucketOf = (ms: number) => Math.floor(8 * Math.log2(Math.max(1, ms)) + 1e-9);

function count(durationsMs: readonly number[]): LatencyBuckets {
  const buckets = new Map<number, number>();
  for (const ms of durationsMs) buckets.set(bucketOf(ms), (buckets.get(bucketOf(ms)) ?? 0) + 1);
  return buckets;
}

it('is within 5 % of the exact percentile, or the next whole millisecond', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95),
      (durationsMs, part) => {
        const exact = durationsMs.toSorted((a, b) => a - b)[Math.ceil(part * durationsMs.length) - 1] ?? 0;
        const read = percentileOf(count(durationsMs), part) ?? 0;
        expect(Math.abs(read - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.05));
      },
    ),
  );
});

it('is nothing without durations', () => {
  expect(percentileOf(new Map(), 0.5)).toBeNull();
});
