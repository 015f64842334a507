import { expect, it } from 'vitest';
import { cronOf, timesOf } from './schedule-times.ts';

it.each([
  ['5 * * * *', 'hourly'],
  ['30 9 * * *', 'daily'],
  ['0 18 * * 5', 'weekly'],
  ['0 9 * * 1-5', 'custom'],
  ['*/10 * * * *', 'custom'],
  ['@daily', 'custom'],
])('%s is %s, and comes back as it was', (cron, rhythm) => {
  const times = timesOf(cron);
  expect(times.rhythm).toBe(rhythm);
  expect(cronOf(times)).toBe(cron);
});
