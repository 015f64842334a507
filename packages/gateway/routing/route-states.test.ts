import type { UpstreamCause } from '@pipelines/contracts';
import type { ModelRoute } from '@pipelines/registry';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AttemptFailure } from '../attempts/attempt-failure.ts';
import { RouteStates } from './route-states.ts';

let nowMs = 0;
let told: string[] = [];
let states: RouteStates;
beforeEach(() => {
  nowMs = 1_000;
  told = [];
  states = new RouteStates(
    ({ key }, state) => void told.push(`${key} ${state}`),
    () => nowMs,
    () => 0,
  );
});

const route = (key: string, weight = 1, accountKey = `account of ${key}`) =>
  ({ key, accountKey, weight, target: { baseUrl: 'https://a.example', providerModelId: 'm' } }) as ModelRoute;
const [a, b] = [route('a'), route('b')];

function failure(cause: UpstreamCause, more: Partial<AttemptFailure> = {}): AttemptFailure {
  return { cause, status: null, retryAfterSeconds: null, timeout: null, repeatable: false, reached: true, ...more };
}

function fail(times: number, of = a, cause: UpstreamCause = 'upstream_unavailable'): void {
  for (let i = 0; i < times; i += 1) {
    states.begin(of);
    states.end(of, failure(cause));
  }
}

describe('a cool-down', () => {
  it('leaves a refused credential to the others, until it is over', () => {
    states.end(a, failure('rate_limited', { retryAfterSeconds: 20 }));
    expect(states.choose([a, b])).toBe(b);
    expect(states.of(a)).toEqual({ state: 'cooling', forMs: 20_000, cause: 'rate_limited' });
    expect(states.choose([a])).toBeNull();
    expect(states.chooseAnyway([a])).toBe(a);
    nowMs += 20_000;
    expect(states.choose([a, b])).toBe(a);
    expect(states.of(a).state).toBe('serving');
  });

  it.each([
    [0, 1_000],
    [86_400, 300_000],
    [null, 10_000],
  ])('of Retry-After %s lasts %i ms', (retryAfterSeconds, forMs) => {
    states.end(a, failure('rate_limited', { retryAfterSeconds }));
    expect(states.of(a).forMs).toBe(forMs);
  });

  it('of a bad key holds for every model of the account, one of a rate limit only for this one', () => {
    const sibling = route('sibling', 1, 'account of a');
    states.end(a, failure('rate_limited'));
    expect(states.of(sibling).state).toBe('serving');
    states.end(a, failure('bad_key'));
    expect(states.of(sibling)).toMatchObject({ state: 'cooling', cause: 'bad_key' });
  });

  it('ends with a call that works', () => {
    states.end(a, failure('quota_exhausted'));
    states.end(a, 'worked');
    expect(states.of(a).state).toBe('serving');
    expect(states.count()).toEqual({ cooling: 0, open: 0 });
  });

  it('is none for what the caller is to blame for', () => {
    for (const cause of ['bad_request', 'context_too_long', 'content_blocked', 'feature_unsupported'] as const) fail(30, a, cause);
    expect(states.of(a).state).toBe('serving');
    expect(states.choose([a])).toBe(a);
  });
});

describe('the circuit of a route', () => {
  it('opens after five outages in a row, lets one call through after a pause, and closes when it works', () => {
    fail(4);
    expect(states.of(a).state).toBe('serving');
    fail(1);
    expect(states.of(a)).toEqual({ state: 'open', forMs: 10_000, cause: 'upstream_unavailable' });
    expect(states.choose([a, b])).toBe(b);
    expect(states.chooseAnyway([a])).toBeNull();
    nowMs += 10_000;
    expect(states.of(a).state).toBe('half_open');
    expect(states.choose([a])).toBe(a);
    states.begin(a);
    expect(states.choose([a])).toBeNull();
    states.end(a, 'worked');
    expect(states.choose([a])).toBe(a);
    expect(told).toEqual(['a open', 'a serving']);
  });

  it('stays open twice as long each time that the one call fails, up to two minutes', () => {
    fail(5);
    for (const pauseMs of [20_000, 40_000, 80_000, 120_000, 120_000]) {
      nowMs += states.of(a).forMs ?? 0;
      fail(1);
      expect(states.of(a)).toMatchObject({ state: 'open', forMs: pauseMs });
    }
  });

  it('begins anew with another secret, address or model ID', () => {
    for (const changed of [
      { accountKey: 'new secret' },
      { target: { ...a.target, baseUrl: 'https://b.example' } },
      { target: { ...a.target, providerModelId: 'n' } },
    ]) {
      fail(5);
      expect(states.choose([a])).toBeNull();
      const edited = { ...a, ...changed };
      expect(states.choose([edited])).toBe(edited);
      expect(states.of(edited).state).toBe('serving');
    }
  });

  it('is decided by another call where the one that was let through says nothing', () => {
    fail(5);
    nowMs += 10_000;
    states.begin(a);
    states.end(a, 'released');
    expect(states.of(a).state).toBe('half_open');
    expect(states.choose([a])).toBe(a);
  });

  it('opens when half of twenty calls within thirty seconds fail, however they are mixed', () => {
    for (let i = 0; i < 9; i += 1) {
      fail(1);
      states.end(a, 'worked');
    }
    fail(1);
    expect(states.of(a).state).toBe('serving');
    states.end(a, 'worked');
    fail(1);
    expect(states.of(a).state).toBe('open');
  });

  it('forgets what was more than thirty seconds ago', () => {
    for (let i = 0; i < 9; i += 1) {
      fail(1);
      states.end(a, 'worked');
    }
    nowMs += 30_000;
    fail(3);
    expect(states.of(a).state).toBe('serving');
  });

  it('counts neither refusals nor a whole answer that takes too long', () => {
    fail(30, a, 'model_not_found');
    for (let i = 0; i < 30; i += 1) states.end(a, failure('timed_out', { timeout: 'total' }));
    expect(states.of(a).state).toBe('serving');
    fail(4);
    states.end(a, failure('bad_request'));
    fail(4);
    expect(states.of(a).state).toBe('serving');
    for (let i = 0; i < 5; i += 1) states.end(a, failure('timed_out', { timeout: 'first_byte' }));
    expect(states.count()).toEqual({ cooling: 0, open: 1 });
  });
});
