import { expect, it } from 'vitest';
import { isWithin } from './is-within.ts';

it.each([
  ['https://api.acme.test/v1', 'https://api.acme.test/v1/x?y=1', true],
  ['https://api.acme.test/v1', 'https://api.acme.test/v1', true],
  ['https://api.acme.test/v1', 'https://api.acme.test/v1?x=1', true],
  ['https://api.acme.test', 'https://api.acme.test/anything', true],
  ['https://api.acme.test/v1', 'https://api.acme.test/v10/x', false],
  ['https://api.acme.test/v1', 'https://api.acme.test/v1/../admin', false],
  ['https://api.acme.test/v1', 'https://api.acme.test/v1/%2e%2e/admin', false],
  ['https://api.acme.test', 'https://api.acme.test.evil.test/', false],
  ['https://api.acme.test', 'https://api.acme.test@evil.test/', false],
  ['https://api.acme.test', 'http://api.acme.test/', false],
  ['https://api.acme.test', 'https://api.acme.test:8443/', false],
  ['https://api.acme.test', 'no address', false],
])('%s, %s: %s', (base, url, expected) => {
  expect(isWithin(base, url)).toBe(expected);
});
