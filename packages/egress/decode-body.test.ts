import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { call, failureOf, type Loopback, listenHttp, openEgress, until } from './testing/loopback.ts';

const local = () => openEgress({ mode: 'local' });
const at = (server: Loopback, path = '/') => `http://127.0.0.1:${server.port}${path}`;

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
