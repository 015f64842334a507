import { describe, expect, it } from 'vitest';
import { CallCounter } from './call-counter.ts';

const minute = 60_000;
/** The first moment of a minute. */
const start = 1_000 * minute;

function after(calls: readonly (readonly [atMs: number, tokens: number])[]): CallCounter {
  const counter = new CallCounter();
  for (const [atMs, tokens] of calls) counter.begin(start + atMs, 1, tokens);
  return counter;
}

describe('CallCounter', () => {
  it('lets the minute before fade', () => {
    const counter = after(Array.from({ length: 60 }, () => [30_000, 10] as const));
    expect(counter.used('requests', start + 59_999)).toBe(60);
    expect(counter.used('requests', start + minute)).toBe(60);
    expect(counter.used('requests', start + 1.5 * minute)).toBe(30);
    expect(counter.used('tokens', start + 1.75 * minute)).toBe(150);
    expect(counter.used('requests', start + 2 * minute)).toBe(0);
  });

  it('is not confused by a clock that goes back', () => {
    const counter = after([[minute, 1]]);
    counter.begin(start + 59_000, 1, 1);
    expect(counter.used('requests', start + minute)).toBe(2);
  });

  it.each([1, 2, 7, 60, 1_000])('tells how long a limit of %i forbids: not a second less, and hardly more', (limit) => {
    for (let round = 0; round < 200; round += 1) {
      const counter = after(Array.from({ length: limit }, () => [Math.random() * 2 * minute, 1] as const).sort(([a], [b]) => a - b));
      const now = start + 2 * minute + Math.random() * minute;
      const seconds = counter.secondsUntil('requests', limit, 1, now);
      if (seconds === 0) {
        expect(counter.used('requests', now)).toBeLessThan(limit);
        continue;
      }
      expect(counter.used('requests', now) + 1).toBeGreaterThan(limit);
      expect(counter.secondsUntil('requests', limit, 1, now + seconds * 1_000 + 1)).toBe(0);
    }
  });

  it('waits for the next minute where this one is full by itself', () => {
    const counter = after(Array.from({ length: 5 }, () => [10_000, 1] as const));
    expect(counter.secondsUntil('requests', 5, 1, start + 20_000)).toBe(41);
    expect(counter.secondsUntil('tokens', 100, 101, start + 20_000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('takes back what a call did not use, in the minute that it began in', () => {
    const counter = after([[1_000, 500]]);
    counter.correct(1_000, start + minute, 0, -400);
    expect(counter.used('tokens', start + minute)).toBe(100);
    counter.correct(1_000, start + 2 * minute, 0, -400);
    expect(counter.used('tokens', start + 2 * minute)).toBe(0);
  });

  it('adds what others have, of the minutes that count', () => {
    const counter = after([[0, 10]]);
    counter.hear({ minute: 1_000, requests: 4, tokens: 40, earlierRequests: 100, earlierTokens: 0, concurrent: 2 });
    expect(counter.used('requests', start + minute / 2)).toBe(1 + 4 + 50);
    expect(counter.allConcurrent).toBe(3);
    expect(counter.used('requests', start + minute)).toBe(5);
    counter.hear(null);
    expect(counter.allConcurrent).toBe(1);
  });
});
