import { expect, it } from 'vitest';
import { periodEnd, periodStart } from './budgets/period.ts';
import { fromNanoUsd, tellUsd, toNanoUsd } from './usd.ts';

it('counts money in billionths, rounded up, and tells it exactly', () => {
  expect(toNanoUsd('1')).toBe(1_000_000_000);
  expect(toNanoUsd('0.0125')).toBe(12_500_000);
  expect(toNanoUsd('0.0000000001')).toBe(1);
  expect(toNanoUsd('0.0000000010000')).toBe(1);
  expect(toNanoUsd('9999999.999999')).toBe(9_999_999_999_999_000);
  expect(fromNanoUsd(12_500_000)).toBe('0.0125');
  expect(fromNanoUsd(-2_000_000_000)).toBe('-2');
  expect(tellUsd(-5)).toBe('$0');
  for (let round = 0; round < 1_000; round += 1) {
    const nanos = Math.floor(Math.random() * 1e15);
    expect(toNanoUsd(fromNanoUsd(nanos))).toBe(nanos);
  }
});

it('knows days and months of UTC, leap years included', () => {
  const at = Date.UTC(2028, 1, 29, 23, 59, 59, 999);
  expect(new Date(periodStart('day', at)).toISOString()).toBe('2028-02-29T00:00:00.000Z');
  expect(new Date(periodStart('month', at)).toISOString()).toBe('2028-02-01T00:00:00.000Z');
  expect(new Date(periodEnd('day', periodStart('day', at)) ?? 0).toISOString()).toBe('2028-03-01T00:00:00.000Z');
  expect(new Date(periodEnd('month', Date.UTC(2028, 11, 1)) ?? 0).toISOString()).toBe('2029-01-01T00:00:00.000Z');
  expect([periodStart('total', at), periodEnd('total', 0)]).toEqual([0, null]);
});
