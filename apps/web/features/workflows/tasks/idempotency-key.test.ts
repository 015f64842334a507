import { expect, it } from 'vitest';
import { createIdempotencyKeys } from './idempotency-key.ts';

it('keeps the key of a content until there is another', () => {
  const keyOf = createIdempotencyKeys();
  const first = keyOf([{ a: 1 }]);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keyOf([{ a: 1 }])).toBe(first);
  expect(keyOf([{ a: 2 }])).not.toBe(first);
});
