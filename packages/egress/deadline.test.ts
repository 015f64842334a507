import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { call, failureOf, type Loopback, listenHttp, listenTcp, openEgress } from './testing/loopback.ts';

const local = () => openEgress({ mode: 'local' });
const at = (server: Loopback, path = '/') => `http://127.0.0.1:${server.port}${path}`;
const timeouts = { firstByteMs: 10_000, idleMs: 10_000, totalMs: 20_000 };

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
    expect(ms).toBeLessThan(5_000);
  });

  test('headers at once but no first byte', async () => {
    const { ms, ...failure } = await timed((response) => response.flushHeaders(), { firstByteMs: 200, idleMs: 50 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'first_byte_timeout' });
    expect(ms).toBeGreaterThan(150);
  });

  test('silence mid-body', async () => {
    const { ms, ...failure } = await timed((response) => response.write('a'), { idleMs: 150 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'idle_timeout' });
    expect(ms).toBeLessThan(5_000);
  });

  test('a byte now and then keeps the idle clock quiet, the total one rings', async () => {
    const drip = (response: ServerResponse) => {
      const timer = setInterval(() => response.write('a'), 40);
      response.on('close', () => clearInterval(timer));
    };
    const { ms, ...failure } = await timed(drip, { idleMs: 600, totalMs: 1_000 });
    expect(failure).toEqual({ cause: 'timed_out', phase: 'after_send', hint: 'total_timeout' });
    expect(ms).toBeGreaterThan(900);
  });

  test('TCP connects but TLS never answers', async () => {
    const server = await listenTcp(() => {});
    const start = performance.now();
    const failure = await failureOf(
      local().request(call(`https://127.0.0.1:${server.port}/`, { timeouts: { ...timeouts, connectMs: 150 } })),
    );
    expect([failure.cause, failure.phase, failure.hint]).toEqual(['timed_out', 'before_send', 'connect_timeout']);
    expect(performance.now() - start).toBeLessThan(5_000);
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
