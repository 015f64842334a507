import { validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { timeOrderedId } from './time-ordered-id.ts';

it('makes UUIDs of version 7 that sort in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, timeOrderedId);
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});
