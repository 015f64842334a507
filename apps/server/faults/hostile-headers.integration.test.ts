import { once } from 'node:events';
import { connect } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../testing/index.ts';

let database: TestDatabase;
let server: TestServer;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  key = server.admin.apiKey;
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
});

interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** One request written byte by byte, so that nothing of a client's politeness stands between. */
async function send(path: string, headers: readonly string[], method = 'GET', body = ''): Promise<RawAnswer> {
  const socket = connect(server.port, '127.0.0.1');
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  socket.on('error', () => undefined);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...headers];
  if (body !== '') lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'));
  await once(socket, 'close');
  const text = Buffer.concat(pieces).toString('latin1');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text };
}

const guarded = ['/v1/models', '/api/models', '/api/attempts'];
const other = `ppl_${'0'.repeat(40)}`;

describe('ways to present the one right key', () => {
  const right: readonly (readonly [string, (key: string) => string[]])[] = [
    ['Bearer', (text) => [`Authorization: Bearer ${text}`]],
    ['bearer in lower case', (text) => [`authorization: bearer ${text}`]],
    ['BEARER and two spaces', (text) => [`AUTHORIZATION: BEARER  ${text}`]],
    ['X-API-Key', (text) => [`X-API-Key: ${text}`]],
    ['both, the same', (text) => [`Authorization: Bearer ${text}`, `X-API-Key: ${text}`]],
    ['twice, the same', (text) => [`X-API-Key: ${text}`, `x-api-key: ${text}`]],
  ];
  it.each(right)('%s', async (_, headersFor) => {
    for (const path of guarded) expect((await send(path, headersFor(key))).status, path).toBe(200);
  });
});

describe('everything else is no key', () => {
  const wrong: readonly (readonly [string, (key: string) => string[]])[] = [
    ['two that differ', (text) => [`Authorization: Bearer ${text}`, `Authorization: Bearer ${other}`]],
    ['two that differ, the other way round', (text) => [`Authorization: Bearer ${other}`, `Authorization: Bearer ${text}`]],
    ['Bearer and X-API-Key that differ', (text) => [`Authorization: Bearer ${text}`, `X-API-Key: ${other}`]],
    ['X-API-Key twice, different', (text) => [`X-API-Key: ${other}`, `X-API-Key: ${text}`]],
    ['right key beside Basic', (text) => ['Authorization: Basic eDp5', `X-API-Key: ${text}`]],
    ['Basic', (text) => [`Authorization: Basic ${Buffer.from(`x:${text}`).toString('base64')}`]],
    ['no scheme', (text) => [`Authorization: ${text}`]],
    ['two in one header', (text) => [`Authorization: Bearer ${text}, Bearer ${other}`]],
    ['a list', (text) => [`X-API-Key: ${text}, ${other}`]],
    ['upper case', (text) => [`X-API-Key: ${text.toUpperCase()}`]],
    ['one digit more', (text) => [`X-API-Key: ${text}0`]],
    ['only its prefix', (text) => [`X-API-Key: ${text.slice(0, 24)}`]],
    ['SQL', () => ["X-API-Key: ' OR 1=1--"]],
    ['10 KB', () => [`Authorization: Bearer ppl_${'a'.repeat(10_000)}`]],
    ['bytes above ASCII', (text) => [`X-API-Key: ${text}\xff`]],
    ['nothing', () => ['Authorization: Bearer', 'X-API-Key:']],
  ];
  it.each(wrong)('%s', async (_, headersFor) => {
    for (const path of guarded) {
      const { status, text } = await send(path, headersFor(key));
      expect(status, path).toBe(401);
      expect(text).toMatch(/"code":"(?:invalid_api_key|unauthenticated)"/);
      expect(text).not.toContain(key.slice(4));
    }
  });

  it('in an address or a cookie', async () => {
    for (const path of guarded) {
      expect((await send(`${path}?api_key=${key}&key=${key}&access_token=${key}`, [])).status).not.toBe(200);
      for (const name of ['api_key', 'pipelines_session', '__Host-pipelines_session', 'authorization']) {
        expect((await send(path, [`Cookie: ${name}=${key}`])).status, name).toBe(401);
      }
    }
  });
});

describe('what is no request', () => {
  const broken: readonly (readonly [string, readonly string[]])[] = [
    ['a NUL in a header', ['X-API-Key: ppl_\0']],
    ['a bare line feed', ['X-Test: a\n b: c\n\nGET / HTTP/1.1']],
    ['a space in a header name', ['X API Key: x']],
    ['headers of 20 KB', [`X-Filler: ${'a'.repeat(20_000)}`]],
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['a negative length', ['Content-Length: -1']],
  ];
  it.each(broken)('%s is answered at the door, or hung up on', async (_, headers) => {
    const { status, text } = await send('/v1/models', headers, 'POST');
    expect([0, 400, 401, 431]).toContain(status);
    expect(text).not.toContain('"object":"list"');
  });

  it('forged hosts and addresses change nothing', async () => {
    const forged = ['Host: evil.example', 'X-Forwarded-Host: evil.example', 'X-Forwarded-For: 127.0.0.1', 'X-Original-URL: /api/models'];
    expect((await send('/api/models', forged.slice(1))).status).toBe(401);
    for (const path of [
      '//api/models',
      '/api//models',
      '/api/models/../models',
      '/API/models',
      '/api/models%00',
      'http://evil.example/api/models',
    ]) {
      const { status, text } = await send(path, []);
      expect(status, path).toBeLessThan(500);
      expect(text, path).not.toContain('"next_cursor"');
    }
  });

  it.each(['BREW', 'CONNECT', 'TRACE', 'PROPFIND'])('the method %s', async (method) => {
    for (const path of ['/v1/models', '/api/models', '/', '/healthz']) {
      const { status } = await send(path, [`X-API-Key: ${key}`], method);
      // Node itself hangs up on CONNECT.
      expect([0, 400, 404, 405], path).toContain(status);
    }
  });

  it('bodies that are cut short, compressed, or of another kind', async () => {
    const authorization = `Authorization: Bearer ${key}`;
    expect((await send('/v1/chat/completions', [authorization, 'Content-Encoding: gzip'], 'POST', '{}')).status).toBe(415);
    expect((await send('/api/models', [authorization, 'Content-Encoding: br'], 'POST', '{}')).status).toBe(415);
    expect((await send('/v1/chat/completions', [authorization, 'Transfer-Encoding: chunked', '', 'zz\r\n'], 'POST')).status).toBe(400);
  });
});

it('lives on', async () => {
  expect((await send('/readyz', [])).status).toBe(200);
  expect(server.logLines.filter((line) => /request_failed|task_failed/.test(line))).toEqual([]);
  expect(server.logLines.join('\n')).not.toContain(key.slice(4));
});
