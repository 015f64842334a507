import { z } from 'zod';

export const periods = ['24h', '7d', '30d', '90d'] as const;
export const periodSchema = z.enum(periods);
export type Period = (typeof periods)[number];

export const periodNames: Record<Period, string> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
};

const hours: Record<Period, number> = { '24h': 24, '7d': 7 * 24, '30d': 30 * 24, '90d': 90 * 24 };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The beginning of the last so many hours, RFC 3339. Cut to the minute, so that it does not change with every render. */
export function periodStart(period: Period, nowMs: number): string {
  return new Date(Math.floor(nowMs / 60_000) * 60_000 - hours[period] * hourMs).toISOString();
}

/** The UTC days (`2026-09-01`) of a period, oldest first, today as the last. */
export function periodDays(period: Period, nowMs: number): string[] {
  const count = Math.max(1, hours[period] / 24);
  const today = Math.floor(nowMs / dayMs);
  return Array.from({ length: count }, (_, index) => new Date((today - count + 1 + index) * dayMs).toISOString().slice(0, 10));
}

/** Midnight (UTC) before the first of the period's days, so that sums by day hold whole days. */
export function periodFirstMidnight(period: Period, nowMs: number): string {
  return `${periodDays(period, nowMs)[0]}T00:00:00.000Z`;
}
