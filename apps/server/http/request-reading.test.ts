import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { refuseCrossSite } from './api/refuse-cross-site.ts';
import { createSessionCookie } from './api/session-cookie.ts';
import { readClientAddress } from './client-address.ts';
import { parseJson } from './parse-json.ts';

function requestFrom(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('readClientAddress', () => {
  const proxies = new BlockList();
  proxies.addSubnet('10.0.0.0', 8, 'ipv4');
  proxies.addAddress('::1', 'ipv6');

  it.each([
    ['nobody between', '203.0.113.1', undefined, '203.0.113.1'],
    ['a header from somebody untrusted', '203.0.113.1', '1.2.3.4', '203.0.113.1'],
    ['one proxy', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['a lie left of the proxy', '10.0.0.1', '1.2.3.4, 198.51.100.7', '198.51.100.7'],
    ['two proxies', '10.0.0.1', '1.2.3.4, 198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['only proxies', '10.0.0.1', '10.0.0.2', '10.0.0.2'],
    ['nonsense', '10.0.0.1', "' or 1=1", '10.0.0.1'],
    ['a mapped address', '::ffff:10.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
    ['an IPv6 proxy', '::1', '2001:db8::1', '2001:db8::1'],
  ])('%s', (_, peer, forwarded, expected) => {
    const request = requestFrom(peer, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded });
    expect(readClientAddress(request, proxies).clientAddress).toBe(expected);
  });

  it('calls only direct loopback peers this machine', () => {
    expect(readClientAddress(requestFrom('127.0.0.1'), proxies).fromThisMachine).toBe(true);
    expect(readClientAddress(requestFrom('::ffff:127.0.0.1'), proxies).fromThisMachine).toBe(true);
    expect(readClientAddress(requestFrom('127.0.0.1', { 'x-forwarded-for': '1.2.3.4' }), proxies).fromThisMachine).toBe(false);
    expect(readClientAddress(requestFrom('10.0.0.1', { 'x-forwarded-for': '127.0.0.1' }), proxies).fromThisMachine).toBe(false);
  });
});

describe('parseJson', () => {
  const parse = (text: string | Buffer) => parseJson(Buffer.from(text as string));

  it('takes 64 levels and no more, brackets in strings aside', () => {
    expect(() => parse('['.repeat(64) + ']'.repeat(64))).not.toThrow();
    expect(() => parse('['.repeat(65) + ']'.repeat(65))).toThrow(expect.objectContaining({ code: 'invalid_json' }));
    expect(parse(JSON.stringify('['.repeat(100)))).toHaveLength(100);
    expect(parse(JSON.stringify({ a: `\\"${'{'.repeat(100)}` }))).toBeTruthy();
  });

  it.each(['', '{', '{"a":1}}', 'undefined', Buffer.from([0x22, 0xff, 0x22])])('refuses %j without quoting it', (text) => {
    expect(() => parse(text as string)).toThrow(
      expect.objectContaining({ code: 'invalid_json', message: expect.not.stringContaining('Unexpected') }),
    );
  });

  it('refuses __proto__ and NUL wherever they are', () => {
    for (const text of ['{"__proto__":1}', '{"a":[{"\\u005f_proto__":1}]}', '{"a":"\\u0000"}', '{"\\u0000":1}']) {
      expect(() => parse(text), text).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    }
  });
});

describe('refuseCrossSite', () => {
  it('knows our page by the public URL, never by the Host header', () => {
    const headers = { origin: 'https://evil.example', host: 'evil.example' };
    expect(() => refuseCrossSite(requestFrom('127.0.0.1', headers), 'https://pipelines.example')).toThrow();
    expect(() =>
      refuseCrossSite(requestFrom('127.0.0.1', { origin: 'https://pipelines.example' }), 'https://pipelines.example'),
    ).not.toThrow();
  });
});

describe('the session cookie', () => {
  it('is bound to the host and to https where the public URL is https', () => {
    const cookie = createSessionCookie('https://pipelines.example');
    expect(cookie.issue('t', new Date(0))).toBe(
      '__Host-pipelines_session=t; Path=/; HttpOnly; SameSite=Lax; Secure; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    );
    expect(cookie.read(requestFrom('x', { cookie: 'pipelines_session=plain' }))).toBeNull();
    expect(cookie.read(requestFrom('x', { cookie: 'a=b; __Host-pipelines_session=t' }))).toBe('t');
  });
});
