import { PipelinesError } from '@pipelines/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalizeBaseUrl } from './canonical-url.ts';

test.each([
  ['https://api.example.com/v1', 'https://api.example.com/v1'],
  ['  https://API.Example.com:443/v1///  ', 'https://api.example.com/v1'],
  ['HTTP://localhost.:11434/', 'http://localhost:11434'],
  ['https://api.example.com./v1', 'https://api.example.com/v1'],
  ['http://2130706433/', 'http://127.0.0.1'],
  ['http://0x7f000001:80', 'http://127.0.0.1'],
  ['http://0177.0.0.1', 'http://127.0.0.1'],
  ['http://127.1:8080', 'http://127.0.0.1:8080'],
  ['http://127.0.0.1.', 'http://127.0.0.1'],
  ['http://①②⑦.⓪.⓪.①', 'http://127.0.0.1'],
  ['http://127。0。0。1', 'http://127.0.0.1'],
  ['http://[::ffff:127.0.0.1]:1', 'http://[::ffff:7f00:1]:1'],
  ['https://аpple.com', 'https://xn--pple-43d.com'],
  ['https://x.com/a/../b/%2e%2e/c', 'https://x.com/c'],
])('%s → %s', (text, canonical) => {
  expect(canonicalizeBaseUrl(text)).toBe(canonical);
});

test.each([
  ['', 'Enter the URL'],
  ['api.example.com', 'must start with'],
  ['http:127.0.0.1', 'must start with'],
  ['http:/127.0.0.1', 'must start with'],
  ['http:///127.0.0.1', 'must start with'],
  ['file:///etc/passwd', 'must start with'],
  ['gopher://x', 'must start with'],
  ['https://api.x.com#@10.0.0.1', 'no query and no fragment'],
  ['https://api.x.com?', 'no query and no fragment'],
  ['https://api.x.com/#', 'no query and no fragment'],
  ['https://api.x.com\\@10.0.0.1', 'backslash'],
  ['https://user:pw@api.x.com', 'no user name'],
  ['https://@api.x.com', 'no user name'],
  ['https://a%2fb.com', 'not a valid URL'],
  ['https://a\u0000b.com', 'control character'],
  ['https://a.com\r\nX: y', 'control character'],
  ['https://a\tb.com', 'control character'],
  ['https://a b.com', 'control character'],
  ['https://x.com:0', 'port must be'],
  ['https://x.com:65536', 'not a valid URL'],
  ['https://./', 'not valid'],
  ['https://a..b', 'not valid'],
  ['https://[fe80::1%25eth0]/', 'not a valid URL'],
  [`https://x.com/${'a'.repeat(3000)}`, 'longer than 2,048'],
  [`https://x.com/${'é'.repeat(1000)}`, 'longer than 2,048'],
])('%j is refused', (text, reason) => {
  const refuse = () => canonicalizeBaseUrl(text);
  expect(refuse).toThrow(PipelinesError);
  expect(refuse).toThrow(expect.objectContaining({ code: 'invalid_request', message: expect.stringContaining(reason) }));
});

test('property: whatever comes out is printable ASCII, comes out of itself unchanged, and parses to the same host', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom('a', 'B', '1', '.', '..', '/', '%', '%2e', '@', ':', '[', ']', '::1', '。', 'é', '127', '0x7f'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      let canonical: string;
      try {
        canonical = canonicalizeBaseUrl(`https://${parts.join('')}`);
      } catch (error) {
        expect(error).toBeInstanceOf(PipelinesError);
        return;
      }
      expect(canonical).toMatch(/^https:\/\/[\x21-\x7e]+$/);
      expect(canonical).not.toMatch(/\/$/);
      expect(canonicalizeBaseUrl(canonical)).toBe(canonical);
      expect(new URL(canonical).hostname).not.toMatch(/\.$/);
    }),
    { numRuns: 3000 },
  );
});
