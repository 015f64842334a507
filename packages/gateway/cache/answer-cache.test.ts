import { afterEach, describe, expect, it } from 'vitest';
import { AnswerCache } from './answer-cache.ts';

let nowMs = 0;
const opened: AnswerCache[] = [];
afterEach(() => {
  for (const cache of opened.splice(0)) cache.close();
});

function open(options = {}): AnswerCache {
  nowMs = 5_000;
  const cache = new AnswerCache({ now: () => nowMs, ...options });
  opened.push(cache);
  return cache;
}

const answer = (size: number) => ({ headers: {}, bytes: Buffer.alloc(size, 'x'), usage: null, finishReason: 'stop' });

describe('AnswerCache', () => {
  it('gives an answer until its time is over, and none that is older than the caller wants', () => {
    const cache = open();
    cache.keep('a', answer(10), 60_000);
    nowMs += 59_000;
    expect(cache.find('a', null)?.ageMs).toBe(59_000);
    expect(cache.find('a', 30_000)).toBeNull();
    nowMs += 1_000;
    expect(cache.find('a', null)).toBeNull();
  });

  it('lets the one go that was asked for least lately, and never grows over its size', () => {
    const cache = open({ maxBytes: 30_000, maxAnswerBytes: 10_000 });
    for (const key of ['a', 'b']) cache.keep(key, answer(9_000), 60_000);
    cache.find('a', null);
    for (const key of ['c', 'd']) cache.keep(key, answer(9_000), 60_000);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.find(key, null) !== null)).toEqual([false, false, true, true]);
    expect(cache.bytes).toBeLessThanOrEqual(30_000);
    cache.keep('e', answer(10_001), 60_000);
    expect(cache.find('e', null)).toBeNull();
  });

  it('counts an answer that is kept anew once', () => {
    const cache = open();
    for (let i = 0; i < 3; i += 1) cache.keep('a', answer(100), 60_000);
    expect(cache.bytes).toBe(100 + 1_024);
  });

  it('forgets by the beginning of the key', () => {
    const cache = open();
    for (const key of ['acme/fast/1', 'acme/faster/1', 'other/fast/1']) cache.keep(key, answer(10), 60_000);
    cache.forget('acme/fast/');
    expect(['acme/fast/1', 'acme/faster/1', 'other/fast/1'].map((key) => cache.find(key, null) !== null)).toEqual([false, true, true]);
  });
});
