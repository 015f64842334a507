import { describe, expect, test } from 'vitest';
import { call, failureOf, type Loopback, listenHttp, listenTcp, openEgress } from './testing/loopback.ts';

const local = () => openEgress({ mode: 'local' });
const at = (server: Loopback, path = '/') => `http://127.0.0.1:${server.port}${path}`;

describe('a plain call', () => {
  test('sends what it was given and reads what came', async () => {
    const seen: unknown[] = [];
    const server = await listenHttp(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push(request.method, request.url, request.headers, Buffer.concat(chunks).toString());
      response.writeHead(418, { 'X-Twice': ['a', 'b'], 'content-type': 'application/json' }).end('{"ok":true}');
    });
    const response = await local().request(
      call(at(server, '/v1/chat?x=1'), {
        method: 'POST',
        headers: { Authorization: 'Bearer k', 'Accept-Encoding': 'gzip' },
        body: '{"é":1}',
      }),
    );
    expect(response.status).toBe(418);
    expect(response.headers).toMatchObject({ 'x-twice': 'a, b', 'content-type': 'application/json' });
    expect(await response.json()).toEqual({ ok: true });
    expect(seen).toEqual([
      'POST',
      '/v1/chat?x=1',
      {
        host: `127.0.0.1:${server.port}`,
        connection: 'keep-alive',
        authorization: 'Bearer k',
        'accept-encoding': 'identity',
        'content-length': '8',
      },
      '{"é":1}',
    ]);
  });

  test('uses one connection again, and as many as there are calls at once', async () => {
    const server = await listenHttp((_request, response) => setTimeout(() => response.end('x'), 30));
    const egress = local();
    for (let turn = 0; turn < 3; turn += 1) {
      await (await egress.request(call(at(server)))).bytes();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(server.connections()).toBe(1);
    await Promise.all(Array.from({ length: 5 }, async () => (await egress.request(call(at(server)))).bytes()));
    expect(server.connections()).toBe(5);
  });

  test('text that is no JSON is not quoted', async () => {
    const server = await listenHttp((_request, response) => response.end('<html>CNRY'));
    const response = await local().request(call(at(server)));
    const failure = await failureOf(response.json());
    expect(failure).toMatchObject({ cause: 'not_openai_shape', hint: 'not_json' });
    expect(String(failure.stack)).not.toContain('CNRY');
  });

  test('a header that cannot be sent is refused, not quoted', async () => {
    const server = await listenHttp((_request, response) => response.end());
    const failure = await failureOf(local().request(call(at(server), { headers: { authorization: 'Bearer CNRY\nx' } })));
    expect(failure).toMatchObject({ cause: 'bad_request', phase: 'before_send' });
    expect(String(failure.stack)).not.toContain('CNRY');
    expect(server.connections()).toBe(0);
  });
});

test.each([300, 301, 302, 303, 304, 307, 308])('a %i is an error, and its target sees nothing', async (status) => {
  const target = await listenHttp((_request, response) => response.end());
  const server = await listenHttp((_request, response) => response.writeHead(status, { location: at(target) }).end());
  const failure = await failureOf(local().request(call(at(server), { method: 'POST', body: 'secret', headers: { 'x-api-key': 'k' } })));
  expect(failure).toMatchObject({ cause: 'redirected', phase: 'after_send' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(target.connections()).toBe(0);
});

test('informational answers are passed over', async () => {
  const server = await listenHttp((_request, response) =>
    response.writeEarlyHints({ link: '</x>; rel=preload' }, () => response.end('after')),
  );
  const response = await local().request(call(at(server)));
  expect([response.status, Buffer.from(await response.bytes()).toString()]).toEqual([200, 'after']);
});

describe('connections that fail', () => {
  test('nobody listens', async () => {
    const server = await listenTcp(() => {});
    const { port } = server;
    const gone = openEgress({ allow: '127.0.0.0/8:1' });
    expect(await failureOf(gone.request(call('http://127.0.0.1:1/')))).toMatchObject({ cause: 'connection_refused', phase: 'before_send' });
    expect(port).toBeGreaterThan(0);
  });

  test.each<[string, string, string | null]>([
    ['SSH-2.0-OpenSSH_9.6\r\n', 'connection_lost', 'not_http'],
    ['', 'connection_lost', 'closed_without_answer'],
    ['HTTP/1.1 200 OK\r\ncontent-le', 'connection_lost', 'closed_without_answer'],
    [`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 'response_too_large', 'headers_too_large'],
  ])('the server says %#', async (text, cause, hint) => {
    const server = await listenTcp((socket) => socket.once('data', () => socket.end(text)));
    expect(await failureOf(local().request(call(at(server))))).toMatchObject({ cause, hint, phase: 'after_send' });
  });

  test.each<[string, string]>([
    ['less than its content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'],
    ['half a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\nabc'],
    ['no last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  ])('the body ends with %s', async (_name, text) => {
    const server = await listenTcp((socket) => socket.once('data', () => socket.end(text)));
    const response = await local().request(call(at(server)));
    expect(await failureOf(response.bytes())).toMatchObject({ cause: 'connection_lost', phase: 'after_send' });
  });

  test('a reset mid-stream', async () => {
    const server = await listenTcp((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n', () =>
          setTimeout(() => socket.resetAndDestroy(), 30),
        ),
      ),
    );
    const response = await local().request(call(at(server)));
    expect(await failureOf(response.bytes())).toMatchObject({ cause: 'connection_lost', phase: 'after_send' });
  });

  test('a body that nobody reads does not end the process when it fails', async () => {
    const server = await listenHttp((_request, response) => {
      response.write('x');
      setTimeout(() => response.destroy(), 20);
    });
    const response = await local().request(call(at(server)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await failureOf(response.bytes())).toMatchObject({ cause: 'connection_lost' });
  });
});
