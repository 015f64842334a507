import { describe, expect, test } from 'vitest';
import { call, failureOf, listenTcp, type OpenOptions, openEgress } from './testing/loopback.ts';

const loopback = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.0.0.1.',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '0177.0.0.01',
  '017700000001',
  '127。0。0。1',
  '①②⑦.⓪.⓪.①',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  'localhost',
  'localhost.',
  'LOCALHOST',
  'ｌocalhost',
  'a.localhost',
  'a.localhost.',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::7f00:1]',
  '[::ffff:0:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
];
const metadata = [
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '[::ffff:169.254.169.254]',
  '[::a9fe:a9fe]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
];

describe.each(['http', 'https'])('%s to a refused literal, in server mode', (scheme) => {
  test.each([...loopback, ...metadata])('%s is blocked before any connection', async (host) => {
    const listener = await listenTcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nhit'));
    const egress = openEgress();
    const url = `${scheme}://${host}:${listener.port}/v1`;
    expect(() => egress.checkTarget(new URL(url))).toThrow(expect.objectContaining({ cause: 'egress_blocked', phase: 'before_send' }));
    const failure = await failureOf(egress.request(call(url)));
    expect(failure).toMatchObject({
      cause: 'egress_blocked',
      phase: 'before_send',
      message: 'This server does not connect to that address.',
    });
    expect(listener.connections()).toBe(0);
    expect(egress.events).toEqual([{ event: 'egress_blocked', organizationId: null, purpose: 'test' }]);
  });
});

test.each(metadata)('%s stays closed whatever is allowed, in local mode too', (host) => {
  const allow = '0.0.0.0/0:80,[::]/0:80';
  for (const mode of ['local', 'server'] as const) {
    const egress = openEgress({ mode, allow, operatorTargets: [new URL(`http://${host}/`)] });
    expect(() => egress.checkTarget(new URL(`http://${host}/latest/meta-data/`))).toThrow(
      expect.objectContaining({ hint: 'never_allowed' }),
    );
  }
});

function verdict(url: string, options: OpenOptions): string {
  try {
    openEgress(options).checkTarget(new URL(url));
    return 'open';
  } catch (error) {
    return (error as { hint: string }).hint;
  }
}

test.each<[string, string, OpenOptions]>([
  ['https://api.example.com/v1', 'open', {}],
  ['https://93.184.216.34', 'open', {}],
  ['https://api.example.com:8443', 'open', {}],
  ['http://api.example.com/v1', 'plain_http', {}],
  ['http://93.184.216.34', 'plain_http', {}],
  ['http://api.example.com:8000', 'open', { allow: 'api.example.com:8000' }],
  ['http://API.example.com.:8000', 'open', { allow: 'api.example.com:8000' }],
  ['http://api.example.com:8001', 'plain_http', { allow: 'api.example.com:8000' }],
  ['http://api.example.com.evil.test:8000', 'plain_http', { allow: 'api.example.com:8000' }],
  ['http://127.0.0.1:11434', 'open', { allow: '127.0.0.1:11434' }],
  ['http://localhost:11434', 'open', { allow: '127.0.0.1:11434' }],
  ['http://127.0.0.1:5432', 'address_not_allowed', { allow: '127.0.0.1:11434' }],
  ['http://localhost:5432', 'plain_http', { allow: '127.0.0.1:11434' }],
  ['http://127.0.0.1:11434', 'open', { mode: 'local' }],
  ['http://localhost:11434', 'open', { mode: 'local' }],
  ['http://[::1]:11434', 'open', { mode: 'local' }],
  ['http://10.0.0.1', 'address_not_allowed', { mode: 'local' }],
  ['http://93.184.216.34', 'plain_http', { mode: 'local' }],
  ['http://127.0.0.1:8080', 'never_allowed', { mode: 'local', ownAddresses: [{ host: '127.0.0.1', port: 8080 }] }],
  ['http://localhost:8080', 'never_allowed', { mode: 'local', ownAddresses: [{ host: '0.0.0.0', port: 8080 }] }],
  ['https://db.internal:5432', 'never_allowed', { ownAddresses: [{ host: 'db.internal', port: 5432 }], allow: 'db.internal:5432' }],
  ['http://127.0.0.1:9001/inference/v1', 'open', { operatorTargets: [new URL('http://127.0.0.1:9001/inference/v1')] }],
  ['http://127.0.0.1:9002', 'address_not_allowed', { operatorTargets: [new URL('http://127.0.0.1:9001')] }],
  ['http://localhost:9001', 'plain_http', { operatorTargets: [new URL('http://127.0.0.1:9001')] }],
  ['http://gateway.vpc.test/v1', 'open', { operatorTargets: [new URL('http://gateway.vpc.test')] }],
  ['https://user:secret@api.example.com', 'bad_url', {}],
  ['ftp://api.example.com', 'bad_url', {}],
  ['file:///etc/passwd', 'bad_url', {}],
  ['https://api.example.com:0', 'bad_url', {}],
])('%s → %s', (url, expected, options) => {
  expect(verdict(url, options)).toBe(expected);
});
