import { expect, it } from 'vitest';
import { trustMemory } from './trust-memory.ts';

const silentFor = (minutes: number, isConnected = false) => ({ isConnected, silentMs: () => minutes * 60_000 });
const unavailable = expect.objectContaining({ code: 'unavailable', retryAfterSeconds: 5 });

it('serves what is known for fifteen minutes without the database, and nothing after', () => {
  expect(trustMemory('model', silentFor(0, true))).toBe('model');
  expect(trustMemory('model', silentFor(15))).toBe('model');
  expect(() => trustMemory('model', silentFor(15.1))).toThrow(unavailable);
});

it('does not say of what it does not know that there is no such thing, while it cannot ask', () => {
  expect(trustMemory(null, silentFor(0, true))).toBeNull();
  expect(() => trustMemory(null, silentFor(0.1))).toThrow(unavailable);
});
