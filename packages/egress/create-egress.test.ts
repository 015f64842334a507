import type { ServerResponse } from 'node:http';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EgressError } from './egress-error.ts';
import { call, failureOf, type Loopback, listenHttp, listenTcp, openEgress, until } from './testing/loopback.ts';

const local = () => openEgress({ mode: 'local' });
const at = (server: Loopback, path = '/') => `http://127.0.0.1:${server.port}${path}`;
const timeouts = { firstByteMs: 3_000, idleMs: 3_000, totalMs: 6_000 };

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

describe('clocks', () => {
  async function timed(answer: (response: ServerResponse) => void, clocks: Partial<typeof timeouts & { connectMs: number }>) {
    const server = await listenHttp((_request, response) => answer(response));
    const start = performance.now();
    const failure = await failureOf(
      local()
        .request(call(at(server), { timeouts: { ...timeouts, ...clocks } }))
        .then((response) => response.bytes()),
    );
    return { cause: failure.cause, phase: failure.phase, hint: failure.hint, ms: performance.now() - start };
  }

  test('no headers', async () => {
    const { ms, ...failure } = await timed(() => {}, { firstByteMs: 150 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'first_byte_timeout' });
    expect(ms).toBeLessThan(1_000);
  });

  test('headers at once but no first byte', async () => {
    const { ms, ...failure } = await timed((response) => response.flushHeaders(), { firstByteMs: 200, idleMs: 50 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'first_byte_timeout' });
    expect(ms).toBeGreaterThan(150);
  });

  test('silence mid-body', async () => {
    const { ms, ...failure } = await timed((response) => response.write('a'), { idleMs: 150 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'idle_timeout' });
    expect(ms).toBeLessThan(1_000);
  });

  test('a byte now and then keeps the idle clock quiet, the total one rings', async () => {
    const drip = (response: ServerResponse) => {
      const timer = setInterval(() => response.write('a'), 40);
      response.on('close', () => clearInterval(timer));
    };
    const { ms, ...failure } = await timed(drip, { idleMs: 200, totalMs: 700 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'total_timeout' });
    expect(ms).toBeGreaterThan(600);
  });

  test('TCP connects but TLS never answers', async () => {
    const server = await listenTcp(() => {});
    const start = performance.now();
    const failure = await failureOf(
      local().request(call(`https://127.0.0.1:${server.port}/`, { timeouts: { ...timeouts, connectMs: 150 } })),
    );
    expect([failure.cause, failure.phase, failure.hint]).toEqual(['timed_out', 'before_send', 'connect_timeout']);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('the connector gives up by itself too', async () => {
    const server = await listenTcp(() => {});
    const egress = openEgress({ mode: 'local', connectTimeoutMs: 200 });
    const failure = await failureOf(
      egress.request(call(`https://127.0.0.1:${server.port}/`, { timeouts: { ...timeouts, connectMs: 6_000 } })),
    );
    expect([failure.cause, failure.phase, failure.hint]).toEqual(['timed_out', 'before_send', 'connect_timeout']);
  });
});

describe('sizes and encodings', () => {
  test('more than allowed ends the call and the connection', async () => {
    const server = await listenHttp((_request, response) => response.end(Buffer.alloc(200_000)));
    const response = await local().request(call(at(server), { maxResponseBytes: 100_000 }));
    expect(await failureOf(response.bytes())).toMatchObject({ cause: 'response_too_large' });
    await until(() => server.sockets.size === 0, 1_000);
  });

  test('exactly as much as allowed is fine', async () => {
    const server = await listenHttp((_request, response) => response.end(Buffer.alloc(100_000)));
    const response = await local().request(call(at(server), { maxResponseBytes: 100_000 }));
    expect((await response.bytes()).length).toBe(100_000);
  });

  test.each<[string, (text: string) => Buffer]>([
    ['gzip', gzipSync],
    ['X-GZip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text) => Buffer.from(text)],
  ])('an answer in %s, unasked, is decoded', async (encoding, encode) => {
    const server = await listenHttp((_request, response) => response.setHeader('content-encoding', encoding).end(encode('{"text":"é"}')));
    const response = await local().request(call(at(server)));
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(await response.json()).toEqual({ text: 'é' });
  });

  test.each([
    ['zstd', 'unknown_encoding'],
    ['gzip, gzip', 'unknown_encoding'],
    ['gzip', 'bad_encoding'],
  ])('%s that is none, or that nobody knows here: %s', async (encoding, hint) => {
    const server = await listenHttp((_request, response) => response.setHeader('content-encoding', encoding).end('not compressed'));
    const answer = local()
      .request(call(at(server)))
      .then((response) => response.bytes());
    expect(await failureOf(answer)).toMatchObject({ cause: 'connection_lost', hint });
  });

  test('a gzip bomb is stopped at the cap of decoded bytes, in flat memory', async () => {
    let sent = 0;
    const server = await listenHttp((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      const gzip = createGzip({ level: 9 });
      gzip.on('data', (chunk: Buffer) => {
        sent += chunk.length;
      });
      gzip.pipe(response);
      const zeros = Buffer.alloc(1024 * 1024);
      const feed = () => {
        while (!response.destroyed && sent < 2_000_000 && gzip.write(zeros));
      };
      gzip.on('drain', feed);
      response.on('close', () => gzip.destroy());
      feed();
    });
    const cap = 8 * 1024 * 1024;
    let decoded = 0;
    const failure = await failureOf(
      (async () => {
        const response = await local().request(call(at(server), { maxResponseBytes: cap }));
        for await (const chunk of response.body) decoded += chunk.length;
      })(),
    );
    expect(failure.cause).toBe('response_too_large');
    expect(decoded).toBeLessThanOrEqual(cap);
    expect(sent).toBeLessThan(cap / 10);
  });
});

describe('cancel', () => {
  test.each(['before headers', 'mid-body'])('%s: the server sees it within a second', async (when) => {
    let closed = false;
    const server = await listenHttp((request, response) => {
      if (when === 'mid-body') response.write('data: 1\n\n');
      request.on('close', () => {
        closed = !response.writableFinished;
      });
    });
    const controller = new AbortController();
    const answer = local()
      .request(call(at(server), { signal: controller.signal }))
      .then((response) => response.bytes());
    await until(() => server.connections() === 1, 1_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort();
    const start = performance.now();
    expect(await failureOf(answer)).toMatchObject({ cause: 'canceled', phase: 'after_send' });
    await until(() => closed, 1_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('before the connection stands: nothing is sent', async () => {
    let requests = 0;
    const server = await listenHttp((_request, response) => {
      requests += 1;
      response.end();
    });
    const controller = new AbortController();
    const answer = local().request(call(at(server), { signal: controller.signal }));
    controller.abort();
    expect(await failureOf(answer)).toMatchObject({ cause: 'canceled', phase: 'before_send' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(requests).toBe(0);
  });

  test('an aborted signal, a loop that is left, a discarded body', async () => {
    const server = await listenHttp((_request, response) => response.write('x'));
    const egress = local();
    expect(await failureOf(egress.request(call(at(server), { signal: AbortSignal.abort() })))).toMatchObject({ cause: 'canceled' });
    expect(server.connections()).toBe(0);
    for await (const chunk of (await egress.request(call(at(server)))).body) {
      expect(Buffer.from(chunk).toString()).toBe('x');
      break;
    }
    (await egress.request(call(at(server)))).discard();
    await until(() => server.sockets.size === 0, 1_000);
  });

  test('closing the egress ends what runs', async () => {
    const server = await listenHttp((_request, response) => response.write('x'));
    const egress = local();
    const response = await egress.request(call(at(server)));
    const body = failureOf(response.bytes());
    await egress.close();
    expect(await body).toMatchObject({ cause: 'canceled', hint: 'shutting_down' } satisfies Partial<EgressError>);
    expect(await failureOf(egress.request(call(at(server))))).toMatchObject({ cause: 'canceled', hint: 'shutting_down' });
  });
});
