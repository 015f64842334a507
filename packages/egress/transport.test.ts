import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { EgressHandler } from './egress-call.ts';
import { createAuthority, createCertificate } from './testing/certificates.ts';
import { call, failureOf, type Loopback, listenHttp, listenHttps, listenTcp, openEgress, until } from './testing/loopback.ts';
import { transportNames } from './transport.ts';

const at = (server: Loopback) => `http://127.0.0.1:${server.port}/v1?q=1`;
const ok = (body: string, fields = '') => `HTTP/1.1 200 OK\r\n${fields}content-length: ${body.length}\r\n\r\n${body}`;
const resting = () => new Promise((resolve) => setTimeout(resolve, 10));

/** A server that answers every request, read to its end, by the script's next entry. */
async function listenScripted(answer: (turn: number, socket: Socket) => string): Promise<Loopback & { readonly requests: string[] }> {
  const requests: string[] = [];
  const server = await listenTcp((socket) => {
    let received = '';
    socket.on('data', (piece) => {
      received += piece.toString('latin1');
      const headEnd = received.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (headEnd < 4 || received.length < headEnd + length) return;
      requests.push(received);
      received = '';
      socket.write(answer(requests.length, socket), 'latin1');
    });
  });
  return { ...server, requests };
}

describe.each(transportNames)('over %s', (transport) => {
  const open = () => openEgress({ mode: 'local', transport });
  const read = async (egress: ReturnType<typeof open>, url: string, overrides: Parameters<typeof call>[1] = {}) =>
    Buffer.from(await (await egress.request(call(url, overrides))).bytes()).toString();

  test('a request is written as it was given, and framed', async () => {
    const server = await listenScripted(() => ok('a'));
    const egress = open();
    const host = `host: 127.0.0.1:${server.port}`;
    const identity = 'accept-encoding: identity';
    const sent = async (overrides: Parameters<typeof call>[1]) => {
      await read(egress, at(server), overrides);
      await resting();
      return server.requests.at(-1)?.split('\r\n');
    };
    const keep = 'connection: keep-alive';
    expect(await sent({ method: 'POST', body: '{"é":1}', headers: { 'X-Two': 'é' } })).toEqual([
      ...['POST /v1?q=1 HTTP/1.1', host, keep, identity, 'X-Two: é', 'content-length: 8', '', '{"Ã©":1}'],
    ]);
    expect(await sent({ method: 'PUT', body: Buffer.from([0, 255]) })).toEqual([
      ...['PUT /v1?q=1 HTTP/1.1', host, keep, identity, 'content-length: 2', '', '\0ÿ'],
    ]);
    expect(await sent({ method: 'POST' })).toEqual(['POST /v1?q=1 HTTP/1.1', host, keep, identity, 'content-length: 0', '', '']);
    expect(await sent({ method: 'GET' })).toEqual(['GET /v1?q=1 HTTP/1.1', host, keep, identity, '', '']);
    expect(await sent({ method: 'DELETE' })).toEqual(['DELETE /v1?q=1 HTTP/1.1', host, keep, identity, '', '']);
    expect(server.connections()).toBe(1);
  });

  test.each<[string, Record<string, string>]>([
    ['a line end in a value', { 'x-a': 'b\r\nx-c: d' }],
    ['half a line end', { 'x-a': 'b\nc' }],
    ['NUL', { 'x-a': 'b\0' }],
    ['what latin1 has not', { 'x-a': '→' }],
    ['a name that is no token', { 'x a': 'b' }],
    ['a name with a line end', { 'x\r\nb': 'b' }],
    ['another length', { 'content-length': '5' }],
    ['a framing of its own', { 'Transfer-Encoding': 'chunked' }],
    ['a wish to change the protocol', { upgrade: 'h2c' }],
    ['an expectation', { expect: '100-continue' }],
  ])('%s in a header is refused before a byte is sent', async (_name, headers) => {
    const server = await listenHttp((_request, response) => response.end());
    const failure = await failureOf(open().request(call(at(server), { method: 'POST', body: 'four', headers })));
    expect(failure).toMatchObject({ cause: 'bad_request' });
    await resting();
    const received = await read(open(), at(server));
    expect(received).toBe('');
  });

  test('a large body arrives whole, both ways', async () => {
    const server = await listenHttp((request, response) => request.pipe(response));
    const body = Buffer.alloc(3_000_000, 'abcdefg');
    const response = await open().request(call(at(server), { method: 'POST', body, maxResponseBytes: 4e6 }));
    expect(Buffer.compare(Buffer.from(await response.bytes()), body)).toBe(0);
  });

  test.each<[string, string]>([
    ['the server closes it', ok('ab', 'connection: close\r\n')],
    ['it says so among others', ok('ab', 'connection: x, Close\r\n')],
    ['it is of HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nab'],
    ['it is kept for less than a request takes', ok('ab', 'keep-alive: timeout=1\r\n')],
    ['more than the answer came', `${ok('ab')}${ok('stray')}`],
  ])('a connection is not used again where %s', async (_name, answer) => {
    const server = await listenScripted(() => answer);
    const egress = open();
    for (let turn = 1; turn <= 2; turn += 1) {
      expect(await read(egress, at(server))).toBe('ab');
      await resting();
      expect(server.connections()).toBe(turn);
    }
  });

  test('an answer to HEAD has no body, whatever it says of one', async () => {
    const server = await listenScripted(() => 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n');
    expect(await read(open(), at(server), { method: 'HEAD' })).toBe('');
  });

  test('a connection that the server has closed meanwhile is not tried', async () => {
    const server = await listenScripted((turn, socket) => {
      if (turn === 1) setTimeout(() => socket.end(), 5);
      return ok(`${turn}`);
    });
    const egress = open();
    expect(await read(egress, at(server))).toBe('1');
    await until(() => server.sockets.size === 0, 10_000);
    expect(await read(egress, at(server), { method: 'POST', body: 'x' })).toBe('2');
    expect(server.connections()).toBe(2);
  });

  test('an answer may come before the request has been read', async () => {
    const server = await listenTcp((socket) => {
      socket.pause();
      socket.write('HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig');
    });
    const response = await open().request(call(at(server), { method: 'POST', body: Buffer.alloc(20_000_000) }));
    expect([response.status, Buffer.from(await response.bytes()).toString()]).toEqual([413, 'big']);
    await until(() => server.sockets.size === 0 || [...server.sockets].every((socket) => socket.resume()), 10_000);
  });

  test('the end waits for a reader that has paused', async () => {
    const server = await listenScripted(() => ok('abc'));
    const told: string[] = [];
    const handler: EgressHandler = {
      onHeaders: () => told.push('headers'),
      onData: () => told.push('data') === 0,
      onEnd: () => told.push('end'),
      onError: () => told.push('error'),
    };
    const handle = open().dispatch(call(at(server)), handler);
    await until(() => told.length === 2, 10_000);
    await resting();
    expect(told).toEqual(['headers', 'data']);
    handle.resume();
    await until(() => told.length === 3, 10_000);
    expect(told).toEqual(['headers', 'data', 'end']);
  });

  test('over TLS a reader that pauses at every piece loses nothing, and a connection is used again', async () => {
    const authority = await createAuthority();
    const body = Buffer.alloc(1_000_000, 'abcdefghijk');
    const server = await listenHttps(await createCertificate('model.test', authority), (_request, response) => response.end(body));
    const egress = openEgress({
      transport,
      allow: `127.0.0.1:${server.port}`,
      dns: { 'model.test': ['127.0.0.1'] },
      certificateAuthorities: [authority.cert],
    });
    for (let turn = 0; turn < 2; turn += 1) {
      const pieces: Uint8Array[] = [];
      let [isPaused, ending] = [false, ''];
      const handle = egress.dispatch(call(`https://model.test:${server.port}/`), {
        onHeaders: () => {},
        onData(piece) {
          if (isPaused) ending = 'a piece in the pause';
          pieces.push(piece);
          isPaused = true;
          setImmediate(() => {
            isPaused = false;
            handle.resume();
          });
          return false;
        },
        onEnd: () => {
          ending ||= 'end';
        },
        onError: (error) => {
          ending = error.cause;
        },
      });
      await until(() => ending !== '', 5_000);
      expect([ending, Buffer.compare(Buffer.concat(pieces), body)]).toEqual(['end', 0]);
      await resting();
    }
    expect(server.connections()).toBe(1);
  });

  test('calls at once have a connection each, and all answers are their own', async () => {
    const server = await listenHttp((request, response) => setTimeout(() => response.end(request.headers['x-id']), 5));
    const egress = open();
    const ids = Array.from({ length: 40 }, (_, index) => String(index));
    for (let round = 0; round < 3; round += 1) {
      expect(await Promise.all(ids.map((id) => read(egress, at(server), { headers: { 'x-id': id } })))).toEqual(ids);
      await resting();
    }
    expect(server.connections()).toBe(40);
  });

  test('closing ends calls that wait for a connection, and that wait for an answer', async () => {
    const silent = await listenTcp((socket) => socket.resume());
    const egress = open();
    const calls = [`https://127.0.0.1:${silent.port}/`, `http://127.0.0.1:${silent.port}/`].map((url) =>
      failureOf(egress.request(call(url))),
    );
    await until(() => silent.connections() === 2, 10_000);
    await resting();
    await egress.close();
    for (const failure of await Promise.all(calls)) expect(failure).toMatchObject({ cause: 'canceled', hint: 'shutting_down' });
    await until(() => silent.sockets.size <= 1, 10_000);
  });
});
