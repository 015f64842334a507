import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it.each([
  ['Dana Reyes', 'DR'],
  ['Ana María de la Cruz', 'AC'],
  ['cher', 'C'],
  ['  ', ''],
  ['😀 Ok', '😀O'],
])('%j gives %j', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
