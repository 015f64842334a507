import { expect, it } from 'vitest';
import { apiKeyState, expiryDate } from './api-key-state.ts';

const now = Date.parse('2026-09-10T12:00:00Z');

it('is revoked before it is expired, and active otherwise', () => {
  expect(apiKeyState({ revoked_at: null, expires_at: null }, now)).toBe('active');
  expect(apiKeyState({ revoked_at: null, expires_at: '2026-09-10T12:00:01Z' }, now)).toBe('active');
  expect(apiKeyState({ revoked_at: null, expires_at: '2026-09-10T12:00:00Z' }, now)).toBe('expired');
  expect(apiKeyState({ revoked_at: '2026-09-01T00:00:00Z', expires_at: '2026-09-02T00:00:00Z' }, now)).toBe('revoked');
});

it('ends after so many days, or never', () => {
  expect(expiryDate('30', now)).toBe('2026-10-10T12:00:00.000Z');
  expect(expiryDate('never', now)).toBeNull();
});
