import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PipelinesError } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../testing/index.ts';
import { sendRaw } from '../testing/send-raw.ts';
import { readBody } from './read-body.ts';

let database: TestDatabase;
let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  admin = createApiClient(server.url, server.admin.apiKey);
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
});

const close = 'Connection: close\r\n\r\n';

describe('what is no good HTTP', () => {
  it.each([
    ['garbage', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['headers of 40 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['two lengths', `POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, /^HTTP\/1\.1 400 /],
    [
      'length and chunks',
      `POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400 /,
    ],
    ['an absolute address', `GET http://evil.example/api/models HTTP/1.1\r\nHost: x\r\n${close}`, /^HTTP\/1\.1 404 /],
    ['TRACE', `TRACE /api/models HTTP/1.1\r\nHost: x\r\n${close}`, /^HTTP\/1\.1 (?:404|405) /],
    ['a climbing address', `GET /../../../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n${close}`, /^HTTP\/1\.1 (?:404|200)(?![\s\S]*root:)/],
    [
      'an encoded climb',
      `GET /%2e%2e/%2e%2e/package.json HTTP/1.1\r\nHost: x\r\n${close}`,
      /^HTTP\/1\.1 (?:404|200)(?![\s\S]*"workspaces")/,
    ],
    ['a climb out of /api', `GET /api/../metrics HTTP/1.1\r\nHost: x\r\n${close}`, /^HTTP\/1\.1 404 /],
    ['no host', `GET /healthz HTTP/1.0\r\n\r\n`, /^HTTP\/1\.1 200 /],
    ['a forged host', `GET /api/setup HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n${close}`, /^HTTP\/1\.1 200 /],
  ])('%s', async (_, request, expected) => {
    expect(await sendRaw(server.port, request)).toMatch(expected);
  });
});

describe('bodies for /v1', () => {
  it('may have 20 MB, and not more', async () => {
    const answer = await admin.call('POST', '/v1/chat/completions', { text: JSON.stringify({ model: 'x', pad: 'x'.repeat(20_000_000) }) });
    expect([answer.status, answer.code]).toEqual([413, 'body_too_large']);
    const long = await admin.call('POST', '/v1/chat/completions', {
      text: JSON.stringify({ model: 'no-such', messages: [{ role: 'user', content: 'x'.repeat(15_000_000) }] }),
    });
    expect([long.status, long.code]).toEqual([404, 'model_not_found']);
  });

  it('are refused by their declared length before they are read', async () => {
    const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.admin.apiKey}\r\nContent-Length: 100000000\r\n\r\n{`;
    const answer = await sendRaw(server.port, head);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"body_too_large"');
  });

  it.each([
    ['empty', '', 400],
    ['no JSON', '{"model":', 400],
    ['a list', '[]', 400],
    ['a string', '"x"', 400],
    ['null', 'null', 400],
    ['wrong types', '{"model":7,"messages":"x"}', 400],
    ['too deep', `{"model":"x","messages":${'['.repeat(80)}${']'.repeat(80)}}`, 400],
  ])('%s: a clear error in OpenAI shape', async (_, text, status) => {
    const answer = await admin.call('POST', '/v1/chat/completions', { text });
    expect(answer.status).toBe(status);
    const { error } = answer.json<{ error: { message: string; type: string } }>();
    expect(error.type).toBe('invalid_request_error');
    expect(error.message.length).toBeGreaterThan(10);
    const playground = await admin.call('POST', '/api/playground/chat/completions', { text });
    expect([playground.status, playground.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });

  it('are not taken compressed', async () => {
    const answer = await admin.call('POST', '/v1/chat/completions', { text: '{}', headers: { 'content-encoding': 'gzip' } });
    expect([answer.status, answer.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('need a method that is offered', async () => {
    const wrong = await admin.call('GET', '/v1/chat/completions');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await admin.call('POST', '/v1/models', { body: {} })).status).toBe(405);
    expect((await admin.call('GET', '/v1/nothing')).code).toBe('not_found');
  });
});

it('a body that stops coming ends the wait, not the server', async () => {
  const slow = createServer((request, response) => {
    readBody(request, { maxBytes: 1_000, timeoutMs: 200 }).then(
      () => response.end('whole'),
      (error: PipelinesError) => response.writeHead(error.status, { connection: 'close' }).end(error.code),
    );
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo;
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n';
  expect(await sendRaw(port, [head, ...Array.from({ length: 20 }, () => 'x')], { pauseMs: 50 })).toMatch(
    /^HTTP\/1\.1 408 [\s\S]*request_timeout/,
  );
  const chunks = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(await sendRaw(port, `${chunks}800\r\n${'x'.repeat(0x800)}\r\n`)).toMatch(/^HTTP\/1\.1 413 [\s\S]*body_too_large/);
  slow.closeAllConnections();
  slow.close();
});

describe('every answer', () => {
  it.each(['/', '/models/some/view', '/api/setup', '/v1/models', '/healthz', '/nothing.js', '/api/nothing', '/api/docs'])(
    '%s is guarded',
    async (path) => {
      const answer = await createApiClient(server.url).call('GET', path);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('x-powered-by')).toBeNull();
    },
  );

  it('under /api and /v1 is never cached, and the request ID is ours', async () => {
    for (const path of ['/api/models', '/v1/models', '/api/nothing']) {
      const answer = await admin.call('GET', path, { headers: { 'x-request-id': 'evil' } });
      expect([answer.headers.get('cache-control'), answer.headers.get('x-request-id') === 'evil']).toEqual(['no-store', false]);
    }
  });
});
