import { expect, it } from 'vitest';
import { periodDays, periodFirstMidnight, periodStart } from './period.ts';

const now = Date.parse('2026-03-02T00:30:45.123Z');

it('begins so many hours ago, to the minute', () => {
  expect(periodStart('24h', now)).toBe('2026-03-01T00:30:00.000Z');
  expect(periodStart('7d', now)).toBe('2026-02-23T00:30:00.000Z');
});

it('counts whole UTC days with today as the last, across a month', () => {
  expect(periodDays('7d', now)).toEqual(['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  expect(periodDays('24h', now)).toEqual(['2026-03-02']);
  expect(periodFirstMidnight('7d', now)).toBe('2026-02-24T00:00:00.000Z');
});
