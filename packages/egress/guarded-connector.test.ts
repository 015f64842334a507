import { expect, test } from 'vitest';
import { createEgressPolicy } from './egress-policy.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { parseAllowList } from './parse-allow-list.ts';
import { call, failureOf, type Loopback, listenHttp, type OpenOptions, openEgress } from './testing/loopback.ts';

const hit = () => listenHttp((_request, response) => response.end('hit'));
const blocked = { cause: 'egress_blocked', phase: 'before_send' };

async function read(listener: Loopback, host: string, options: OpenOptions): Promise<string> {
  const response = await openEgress(options).request(call(`http://${host}:${listener.port}/`));
  return Buffer.from(await response.bytes()).toString();
}

test('an allowed literal, localhost and a name that resolves into an allowed range are reached', async () => {
  const listener = await hit();
  const allow = `127.0.0.0/8:${listener.port}`;
  expect(await read(listener, '127.0.0.1', { allow })).toBe('hit');
  expect(await read(listener, 'localhost', { allow, dns: { localhost: ['93.184.216.34'] } })).toBe('hit');
  expect(await read(listener, 'localhost.', { allow })).toBe('hit');
  expect(await read(listener, 'model.test', { allow, dns: { 'model.test': ['127.0.0.1'] } })).toBe('hit');
  expect(await read(listener, 'localhost', { mode: 'local' })).toBe('hit');
});

test('an operator target is reached by exactly its own name, private address or not', async () => {
  const listener = await hit();
  const options = {
    operatorTargets: [new URL(`http://pinned.test:${listener.port}/v1`)],
    dns: { 'pinned.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] },
  };
  expect(await read(listener, 'pinned.test', options)).toBe('hit');
  await expect(read(listener, 'other.test', options)).rejects.toMatchObject(blocked);
});

test.each<[string, readonly string[]]>([
  ['private', ['127.0.0.1']],
  ['public and private', ['93.184.216.34', '127.0.0.1']],
  ['private and public', ['127.0.0.1', '93.184.216.34']],
  ['IPv6 loopback', ['::1']],
  ['mapped', ['::ffff:127.0.0.1']],
  ['compatible', ['::7f00:1']],
  ['NAT64', ['64:ff9b::7f00:1']],
  ['metadata', ['169.254.169.254']],
  ['not an address', ['evil']],
])('a name with a %s answer is blocked without a connection, and the hint does not tell which', async (_name, answers) => {
  const listener = await hit();
  const egress = openEgress({ dns: { 'name.test': answers } });
  const failure = await failureOf(egress.request(call(`https://name.test:${listener.port}/`)));
  expect(failure).toMatchObject({ ...blocked, hint: 'address_not_allowed' });
  expect(listener.connections()).toBe(0);
});

test('an allowed name does not open a private address by itself', async () => {
  const listener = await hit();
  const name = `vllm.internal:${listener.port}`;
  const dns = { 'vllm.internal': ['127.0.0.1'] };
  await expect(read(listener, 'vllm.internal', { allow: name, dns })).rejects.toMatchObject(blocked);
  expect(listener.connections()).toBe(0);
  expect(await read(listener, 'vllm.internal', { allow: `${name},127.0.0.1:${listener.port}`, dns })).toBe('hit');
});

test('plain http to a name whose address is public needs the name on the list', async () => {
  const egress = openEgress({ mode: 'local', dns: { 'public.test': ['93.184.216.34'] } });
  expect(await failureOf(egress.request(call('http://public.test/')))).toMatchObject({ ...blocked, hint: 'plain_http' });
});

test('metadata by name stays closed with everything allowed', async () => {
  const egress = openEgress({ allow: '0.0.0.0/0:80,meta.test:80', dns: { 'meta.test': ['169.254.169.254'] } });
  expect(await failureOf(egress.request(call('http://meta.test/')))).toMatchObject(blocked);
});

test('rebinding: each connection judges its own answer', async () => {
  const listener = await listenHttp((_request, response) => response.setHeader('connection', 'close').end('hit'));
  const egress = openEgress({
    allow: `127.0.0.1:${listener.port}`,
    dns: { 'rebind.test': [['127.0.0.1'], ['127.0.0.2']] },
  });
  const url = `http://rebind.test:${listener.port}/`;
  expect(Buffer.from(await (await egress.request(call(url))).bytes()).toString()).toBe('hit');
  expect(await failureOf(egress.request(call(url)))).toMatchObject(blocked);
  expect(listener.connections()).toBe(1);
});

test('an unknown name is told as such', async () => {
  const egress = openEgress();
  expect(await failureOf(egress.request(call('https://nowhere.test/')))).toMatchObject({ cause: 'dns_failed', phase: 'before_send' });
});

test('a peer that is not what was judged is dropped before a byte is sent', async () => {
  const received: string[] = [];
  const listener = await hit();
  // The policy changes its mind between the answer and the peer: what a hijacked resolver inside the process would look like.
  const { entries } = parseAllowList(`127.0.0.1:${listener.port}`);
  const real = createEgressPolicy({ mode: 'server', allow: entries, operatorTargets: [] });
  let judged = 0;
  const policy = { ...real, refuseAddress: () => (judged++ === 0 ? null : ('address_not_allowed' as const)) };
  const connect = createGuardedConnector(
    { hostname: '127.0.0.1', port: listener.port, secure: false },
    { policy, connectTimeoutMs: 1_000 },
  );
  const error = await new Promise<Error | null>((resolve) => {
    connect({ hostname: '127.0.0.1', port: String(listener.port), protocol: 'http:' }, (failure, socket) => {
      socket?.on('data', (chunk) => received.push(String(chunk)));
      resolve(failure);
    });
  });
  expect(error).toMatchObject(blocked);
  expect(judged).toBe(2);
});

test('the connector refuses a literal by itself, without a connection', async () => {
  const listener = await hit();
  const policy = createEgressPolicy({ mode: 'server', allow: [], operatorTargets: [] });
  const connect = createGuardedConnector({ hostname: '127.0.0.1', port: listener.port, secure: true }, { policy, connectTimeoutMs: 1_000 });
  const error = await new Promise<Error | null>((resolve) => {
    connect({ hostname: '127.0.0.1', port: String(listener.port), protocol: 'https:' }, (failure, _socket) => resolve(failure));
  });
  expect(error).toMatchObject({ ...blocked, hint: 'address_not_allowed' });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(listener.connections()).toBe(0);
});

test('HTTPS_PROXY and its kin are not read', async () => {
  const proxy = await hit();
  const listener = await hit();
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'http_proxy']) process.env[name] = `http://127.0.0.1:${proxy.port}`;
  try {
    expect(await read(listener, '127.0.0.1', { mode: 'local' })).toBe('hit');
    expect(proxy.connections()).toBe(0);
  } finally {
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'http_proxy']) delete process.env[name];
  }
});

test('a socket of a lax egress is not used by a strict one', async () => {
  const listener = await hit();
  expect(await read(listener, '127.0.0.1', { mode: 'local' })).toBe('hit');
  await expect(read(listener, '127.0.0.1', {})).rejects.toMatchObject(blocked);
  expect(listener.connections()).toBe(1);
});
