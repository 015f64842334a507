import { describe, expect, test } from 'vitest';
import type { EgressError } from './egress-error.ts';
import { call, failureOf, type Loopback, listenHttp, openEgress, until } from './testing/loopback.ts';

const local = () => openEgress({ mode: 'local' });
const at = (server: Loopback, path = '/') => `http://127.0.0.1:${server.port}${path}`;

describe('cancel', () => {
  test.each(['before headers', 'mid-body'])('%s: the server sees it soon', async (when) => {
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
    await until(() => server.connections() === 1, 10_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    controller.abort();
    const start = performance.now();
    expect(await failureOf(answer)).toMatchObject({ cause: 'canceled', phase: 'after_send' });
    await until(() => closed, 10_000);
    expect(performance.now() - start).toBeLessThan(5_000);
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
    await until(() => server.sockets.size === 0, 10_000);
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
