import { expect, it } from 'vitest';
import { healthSeries } from './health-series.ts';

const pace = { latency_p50_ms: 90, latency_p95_ms: 120, first_byte_p50_ms: null, first_byte_p95_ms: null, tokens_per_second: null };

it('is the last day, the present quarter last, without gaps', () => {
  const nowMs = Date.parse('2026-09-01T12:07:30.000Z');
  const series = healthSeries(
    [
      { starts_at: '2026-08-31T12:15:00.000Z', calls: 4, failed_calls: 1, ...pace },
      { starts_at: '2026-09-01T12:00:00.000Z', calls: 2, failed_calls: 0, ...pace },
      { starts_at: '2026-08-30T12:00:00.000Z', calls: 9, failed_calls: 9, ...pace },
    ],
    nowMs,
  );
  expect(series).toHaveLength(96);
  expect(series[0]).toEqual({ startsAtMs: Date.parse('2026-08-31T12:15:00.000Z'), answered: 3, failed: 1, latencyP95Ms: 120 });
  expect(series.at(-1)).toMatchObject({ startsAtMs: Date.parse('2026-09-01T12:00:00.000Z'), answered: 2, failed: 0 });
  expect(series.reduce((sum, point) => sum + point.answered + point.failed, 0)).toBe(6);
});
