import { expect, test } from 'vitest';
import { leadsToHttps } from './leads-to-https.ts';

test.each([
  ['http://a.test/v1/chat', 'https://a.test/v1/chat', true],
  ['http://a.test/v1/chat', 'https://A.test:443/v1/chat?x=1', true],
  ['http://a.test:8080/v1', 'https://a.test:8080/v1', true],
  ['http://a.test:8080/v1', 'https://a.test/v1', false],
  ['http://a.test/v1', 'https://b.test/v1', false],
  ['http://a.test/v1', 'https://a.test/login', false],
  ['http://a.test/v1', '/v1', false],
  ['https://a.test/v1', 'https://a.test/v1', false],
  ['http://a.test/v1', 'nonsense://', false],
  ['http://a.test/v1', undefined, false],
  ['http://a.test/v1', ['https://a.test/v1'], false],
])('%s → %s: %s', (from, location, wanted) => {
  expect(leadsToHttps(from, location)).toBe(wanted);
});
