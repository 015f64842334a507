import { expect, test } from 'vitest';
import { call, listenTcp, openEgress, until } from '../testing/loopback.ts';

test('a connection that nobody needs is closed before the server does it', async () => {
  const server = await listenTcp((socket) =>
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nkeep-alive: timeout=3\r\ncontent-length: 0\r\n\r\n')),
  );
  const egress = openEgress({ mode: 'local', transport: 'wire' });
  const start = performance.now();
  await (await egress.request(call(`http://127.0.0.1:${server.port}/`))).bytes();
  await until(() => server.sockets.size === 0, 10_000);
  expect(performance.now() - start).toBeGreaterThan(900);
});

test('a request that is still being written when its answer is over does not run into the next one', async () => {
  const server = await listenTcp((socket) => socket.pause().write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
  const egress = openEgress({ mode: 'local', transport: 'wire' });
  for (const body of [Buffer.alloc(20_000_000), Buffer.from('x')]) {
    const response = await egress.request(call(`http://127.0.0.1:${server.port}/`, { method: 'POST', body }));
    expect(Buffer.from(await response.bytes()).toString()).toBe('ok');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(server.connections()).toBe(2);
});
