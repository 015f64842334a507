import { expect, it } from 'vitest';
import { formatDuration } from './format-duration.ts';

it.each([
  [null, '—'],
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [2_412, '2.4 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [75_000, '1 min 15 s'],
])('%s is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
