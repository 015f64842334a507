import { expect, it } from 'vitest';
import { judgeHealth } from './model-health.ts';

const none = { calls: 0, failed: 0 };

it.each([
  ['no_recent_calls', none, none, null],
  ['healthy', { calls: 1, failed: 0 }, { calls: 1, failed: 0 }, 1_440],
  ['failing', none, { calls: 1, failed: 1 }, 1_440],
  ['healthy', { calls: 20, failed: 1 }, { calls: 400, failed: 300 }, 60],
  ['degraded', { calls: 100, failed: 6 }, { calls: 100, failed: 6 }, 60],
  ['degraded', { calls: 10, failed: 5 }, { calls: 10, failed: 5 }, 60],
  ['failing', { calls: 100, failed: 51 }, { calls: 10_000, failed: 51 }, 60],
  // Too few in the hour: the day decides.
  ['healthy', { calls: 9, failed: 9 }, { calls: 1_000, failed: 9 }, 1_440],
] as const)('%s', (word, hour, day, windowMinutes) => {
  expect(judgeHealth(hour, day)).toMatchObject({ word, window_minutes: windowMinutes });
});
