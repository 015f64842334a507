import { expect, it } from 'vitest';
import { describeAge } from './describe-age.ts';

const now = Date.parse('2026-09-10T12:00:00Z');

it.each([
  ['2026-09-10T11:59:30Z', 'just now'],
  ['2026-09-10T11:57:01Z', '2 min. ago'],
  ['2026-09-10T09:00:00Z', '3 hr. ago'],
  ['2026-09-09T12:00:00Z', '1 day ago'],
  ['2026-09-24T12:00:00Z', 'in 14 days'],
])('%s is %s', (at, words) => {
  expect(describeAge(at, now)).toBe(words);
});
