import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EgressHandler } from './egress-call.ts';
import type { EgressError } from './egress-error.ts';
import { call, listenHttp, listenTcp, openEgress, until } from './testing/loopback.ts';

/** Writes down all that a handler is told. `take` decides about each chunk. */
function recorder(take: (chunk: Uint8Array) => boolean = () => true) {
  const told: string[] = [];
  const chunks: Uint8Array[] = [];
  let error: EgressError | null = null;
  const handler: EgressHandler = {
    onHeaders: (status) => told.push(`headers ${status}`),
    onData(chunk) {
      chunks.push(chunk);
      return take(chunk);
    },
    onEnd: () => told.push('end'),
    onError(failure) {
      error = failure;
      told.push(`error ${failure.cause}`);
    },
  };
  const over = () => told.some((entry) => /^(end|error)/.test(entry));
  return { handler, told, over, error: () => error, text: () => Buffer.concat(chunks).toString() };
}

test('chunks come as they are sent, then the end, once', async () => {
  const server = await listenHttp(async (_request, response) => {
    for (const piece of ['data: a\n\n', 'data: é', '\n\ndata: [DONE]\n\n']) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    response.end();
  });
  const { handler, told, over, text } = recorder();
  openEgress({ mode: 'local' }).dispatch(call(`http://127.0.0.1:${server.port}/`), handler);
  expect(told).toEqual([]);
  await until(over, 10_000);
  expect(told).toEqual(['headers 200', 'end']);
  expect(text()).toBe('data: a\n\ndata: é\n\ndata: [DONE]\n\n');
});

test('the wait for a connection is told once the request is on its way', async () => {
  const server = await listenHttp((_request, response) => response.end('abc'));
  const egress = openEgress({ mode: 'local' });
  const timeCall = async (): Promise<number | null> => {
    const { handler, over } = recorder();
    const handle = egress.dispatch(call(`http://127.0.0.1:${server.port}/`), handler);
    expect(handle.connectMs).toBe(null);
    await until(over, 10_000);
    // The connection is free again once the answer's last step is done.
    await new Promise((resolve) => setImmediate(resolve));
    return handle.connectMs;
  };
  const [cold, warm] = [await timeCall(), await timeCall()];
  expect(cold).toBeGreaterThan(0);
  expect(warm).toBeLessThan(500);
  expect(server.connections()).toBe(1);
});

test('a URL that the connector would not mind is judged before it', async () => {
  const server = await listenHttp((_request, response) => response.end());
  const { handler, told, error } = recorder();
  openEgress({ mode: 'local' }).dispatch(call(`http://user:secret@127.0.0.1:${server.port}/`), handler);
  await Promise.resolve();
  expect(told).toEqual(['error egress_blocked']);
  expect(error()).toMatchObject({ hint: 'bad_url' });
  expect(server.connections()).toBe(0);
});

test('a refused target is told after dispatch has returned, never thrown', async () => {
  const { handler, told } = recorder();
  const egress = openEgress();
  egress.dispatch(call('http://169.254.169.254/', { organizationId: 'org_1', purpose: 'gateway' }), handler);
  egress.dispatch(call('not a url'), handler);
  egress.dispatch(call('https://api.example.com', { headers: { 'bad name': 'x' } }), handler);
  expect(told).toEqual([]);
  await Promise.resolve();
  expect(told).toEqual(['error egress_blocked', 'error egress_blocked', 'error bad_request']);
  expect(egress.events[0]).toEqual({ event: 'egress_blocked', organizationId: 'org_1', purpose: 'gateway' });
});

describe('abort', () => {
  test('mid-stream: told at once, the upstream within moments, nothing after', async () => {
    let sawClose = false;
    const server = await listenHttp((_request, response) => {
      const timer = setInterval(() => response.write('data: x\n\n'), 2);
      response.on('close', () => {
        clearInterval(timer);
        sawClose = true;
      });
    });
    const { handler, told, text } = recorder();
    const handle = openEgress({ mode: 'local' }).dispatch(call(`http://127.0.0.1:${server.port}/`), handler);
    await until(() => text().length > 30, 10_000);
    handle.abort();
    handle.abort();
    expect(told).toEqual(['headers 200', 'error canceled']);
    const length = text().length;
    // Counted in turns of the loop, some milliseconds in all: how long they take says only how busy the machine is.
    for (let turn = 0; turn < 2_000 && !sawClose; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(sawClose).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    handle.resume();
    expect([told.length, text().length]).toEqual([2, length]);
  });

  test('from within a chunk', async () => {
    const server = await listenHttp((_request, response) => response.end('abc'));
    const egress = openEgress({ mode: 'local' });
    const { handler, told } = recorder(() => {
      handle.abort();
      return true;
    });
    const handle = egress.dispatch(call(`http://127.0.0.1:${server.port}/`), handler);
    await until(() => told.length >= 2, 10_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toEqual(['headers 200', 'error canceled']);
  });

  test('after the end it does nothing', async () => {
    const server = await listenHttp((_request, response) => response.end('abc'));
    const { handler, told, over } = recorder();
    const handle = openEgress({ mode: 'local' }).dispatch(call(`http://127.0.0.1:${server.port}/`), handler);
    await until(over, 10_000);
    handle.abort();
    expect(told).toEqual(['headers 200', 'end']);
  });
});

describe('back-pressure', () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');

  function pour(response: ServerResponse, megabytes: number, onSent: () => void): void {
    function* pieces() {
      for (let piece = 0; piece < megabytes; piece += 1) {
        onSent();
        yield megabyte;
      }
    }
    pipeline(Readable.from(pieces(), { highWaterMark: 1 }), response, () => {});
  }

  test.each(['plain', 'gzip'])('%s: a paused reader stops the sender, its pause is not idleness, and it loses nothing', async (kind) => {
    const total = 64;
    let sent = 0;
    // Made before the clock runs: it takes seconds on a busy machine.
    const packed = kind === 'gzip' ? gzipSync(Buffer.alloc(total * megabyte.length, 'x')) : null;
    const server = await listenHttp((_request, response) => {
      if (packed !== null) {
        sent = total;
        response.setHeader('content-encoding', 'gzip').end(packed);
        return;
      }
      pour(response, total, () => {
        sent += 1;
      });
    });
    let bytes = 0;
    let paused = true;
    const { handler, over, told } = recorder();
    const counting: EgressHandler = {
      ...handler,
      onData(chunk) {
        bytes += chunk.length;
        return !paused;
      },
    };
    const limits = { timeouts: { firstByteMs: 5_000, idleMs: 800, totalMs: 30_000 }, maxResponseBytes: total * megabyte.length };
    const handle = openEgress({ mode: 'local' }).dispatch(call(`http://127.0.0.1:${server.port}/`, limits), counting);
    await until(() => bytes > 0, 5_000);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(bytes).toBeLessThan(megabyte.length);
    if (kind === 'plain') expect(sent).toBeLessThan(32);
    expect(over()).toBe(false);
    paused = false;
    handle.resume();
    await until(over, 20_000);
    expect([told.at(-1), bytes]).toEqual(['end', total * megabyte.length]);
  });

  test('a slow loop over a large body keeps memory flat', async () => {
    const server = await listenHttp((_request, response) => pour(response, 200, () => {}));
    const response = await openEgress({ mode: 'local' }).request(
      call(`http://127.0.0.1:${server.port}/`, {
        maxResponseBytes: 1e9,
        timeouts: { firstByteMs: 15_000, idleMs: 15_000, totalMs: 60_000 },
      }),
    );
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let seen = 0;
    for await (const chunk of response.body) {
      seen += chunk.length;
      if (seen % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(seen).toBe(200 * megabyte.length);
    expect(most).toBeLessThan(50 * 1024 * 1024);
  });
});

test('64 MB and not a byte more', async () => {
  const cap = 64 * 1024 * 1024;
  const server = await listenTcp((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n'));
    const line = Buffer.alloc(1024 * 1024, 'a');
    const feed = () => {
      while (!socket.destroyed && socket.write(line));
    };
    socket.on('drain', feed);
    socket.once('data', feed);
  });
  let bytes = 0;
  const { handler, over, error } = recorder();
  const counting: EgressHandler = {
    ...handler,
    onData(chunk) {
      bytes += chunk.length;
      return true;
    },
  };
  openEgress({ mode: 'local' }).dispatch(call(`http://127.0.0.1:${server.port}/`, { maxResponseBytes: cap }), counting);
  await until(over, 10_000);
  expect(error()?.cause).toBe('response_too_large');
  expect(bytes).toBeLessThanOrEqual(cap);
  await until(() => server.sockets.size === 0, 5_000);
});

test('a call is never sent twice, even when a kept connection has died', async () => {
  let requests = 0;
  const server = await listenTcp((socket) =>
    socket.on('data', () => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      else socket.destroy();
    }),
  );
  const egress = openEgress({ mode: 'local' });
  const first = recorder();
  egress.dispatch(call(`http://127.0.0.1:${server.port}/`), first.handler);
  await until(first.over, 10_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const second = recorder();
  egress.dispatch(call(`http://127.0.0.1:${server.port}/`), second.handler);
  await until(second.over, 10_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(second.error()).toMatchObject({ cause: 'connection_lost', phase: 'after_send' });
  expect([requests, server.connections()]).toEqual([2, 1]);
});
