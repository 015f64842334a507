import { expect, it } from 'vitest';
import { describeWait, endedCount } from './batch-counts.ts';

it('counts what has ended, however', () => {
  const counts = { pending: 1, in_progress: 2, paused: 4, finished: 8, escalated: 16, quarantined: 32, failed: 64, canceled: 128 };
  expect(endedCount({ counts })).toBe(8 + 16 + 32 + 64 + 128);
});

it.each([
  [40, 'about 40 s'],
  [720, 'about 12 min'],
  [10_900, 'about 3 h'],
])('says how long %d seconds are', (seconds, words) => {
  expect(describeWait(seconds)).toBe(words);
});
