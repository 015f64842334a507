import { connectionTestSchema } from '@pipelines/contracts';
import { createAuthority, createCertificate, listenHttp, listenHttps, listenTcp } from '@pipelines/egress/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never } from '../__fixtures__/bodies.ts';
import { startTestRegistry, type TestRegistry } from '../__fixtures__/start-test-registry.ts';

const key = 'sk-the-right-key-0123456789';
let setup: TestRegistry;
let authority: Awaited<ReturnType<typeof createAuthority>>;
beforeAll(async () => {
  authority = await createAuthority();
  setup = await startTestRegistry({ certificateAuthorities: [authority.cert] });
});
afterAll(() => setup.close());

const test = async (baseUrl: string) =>
  connectionTestSchema.parse(await setup.registry.testConnection(setup.admin, compatible(baseUrl, key), never));

/** Faults of the network made for real: each has its words, and where it is mechanical its repair. */
describe('a connection that fails', () => {
  it.each<[string, string, () => ReturnType<typeof createCertificate>]>([
    ['signed by itself', 'is signed by itself', () => createCertificate('localhost')],
    ['expired', 'has expired', () => createCertificate('localhost', authority, -1)],
    ['for another host', 'is for another host', () => createCertificate('other.test', authority)],
    ['of an unknown authority', 'does not trust', async () => createCertificate('localhost', await createAuthority('Unknown root'))],
  ])('on a certificate %s says so, and sends no key', async (_, words, make) => {
    let requests = 0;
    const server = await listenHttps(await make(), (_request, response) => {
      requests += 1;
      response.end();
    });
    const answer = await test(`https://localhost:${server.port}/v1`);
    expect(answer).toMatchObject({ passed: false, cause: 'tls_failed', message: expect.stringContaining(words), apply: null });
    expect(requests).toBe(0);
  });

  it('on https to a plain port offers http', async () => {
    const server = await listenHttp((_request, response) => response.end());
    expect(await test(`https://127.0.0.1:${server.port}/v1`)).toMatchObject({
      cause: 'tls_failed',
      message: expect.stringContaining('speaks plain HTTP'),
      apply: { label: 'Use http://', set: { base_url: `http://127.0.0.1:${server.port}/v1` } },
    });
  });

  it('on http to a TLS port offers https where the port says so, and hints at it where it hangs up', async () => {
    const alert = await listenTcp((socket) => socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 0x46]))));
    expect(await test(`http://127.0.0.1:${alert.port}/v1`)).toMatchObject({
      cause: 'connection_lost',
      apply: { set: { base_url: `https://127.0.0.1:${alert.port}/v1` } },
    });
    const silent = await listenHttps(await createCertificate('localhost', authority), (_request, response) => response.end());
    expect(await test(`http://127.0.0.1:${silent.port}/v1`)).toMatchObject({
      cause: 'connection_lost',
      fix: expect.stringContaining('https://'),
      apply: null,
    });
  });

  it('on a redirect follows nowhere, and offers https where it only asks for that', async () => {
    const secure = await listenHttp((request, response) =>
      response.writeHead(308, { location: `https://${request.headers.host}${request.url}` }).end(),
    );
    expect(await test(`http://127.0.0.1:${secure.port}/v1`)).toMatchObject({
      cause: 'redirected',
      apply: { set: { base_url: `https://127.0.0.1:${secure.port}/v1` } },
    });
    let followed = 0;
    const elsewhere = await listenHttp((_request, response) => {
      followed += 1;
      response.end();
    });
    const login = await listenHttp((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${elsewhere.port}/login` }).end(),
    );
    expect(await test(`http://127.0.0.1:${login.port}/v1`)).toMatchObject({ cause: 'redirected', apply: null });
    expect(followed).toBe(0);
  });

  it('on what is no HTTP, or no API, names that', async () => {
    const ssh = await listenTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect(await test(`http://127.0.0.1:${ssh.port}/v1`)).toMatchObject({
      cause: 'connection_lost',
      message: expect.stringContaining('does not speak HTTP'),
    });
    const page = await listenHttp((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>'),
    );
    expect(await test(`http://127.0.0.1:${page.port}`)).toMatchObject({
      cause: 'not_openai_shape',
      message: expect.stringContaining('web page'),
      apply: { set: { base_url: `http://127.0.0.1:${page.port}/v1` } },
    });
  });

  it('on a name that does not exist says that', async () => {
    expect(await test('https://no-such-host.invalid/v1')).toMatchObject({
      cause: 'dns_failed',
      message: expect.stringContaining('cannot be found'),
      apply: null,
    });
  });
});
