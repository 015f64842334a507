import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscardLimits, discardRest } from './discard-rest.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A client that has declared a body of 1,000 bytes to a server that has answered without reading it. */
async function openUpload(limits: DiscardLimits): Promise<{ client: Socket; answer: () => string; ended: Promise<void> }> {
  server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    response.on('close', () => discardRest(request, limits));
    response.writeHead(413).end('too large');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  client.on('error', () => undefined);
  client.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
  client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n');
  return { client, answer: () => answer, ended };
}

describe('a body that nobody wanted', () => {
  it('is read past for as long as it comes', async () => {
    const { client, answer } = await openUpload({ idleMs: 2_000, totalMs: 60_000 });
    let sent = 0;
    while (sent < 1_000) {
      expect(client.destroyed).toBe(false);
      client.write('x'.repeat(100));
      sent += 100;
      await sleep(300);
    }
    await expect.poll(answer).toContain('too large');
  });

  it('is given up when no more of it comes', async () => {
    const { client, ended } = await openUpload({ idleMs: 100, totalMs: 60_000 });
    client.write('x');
    await ended;
  });

  it('is given up when it takes too long', async () => {
    const { client, ended } = await openUpload({ idleMs: 200, totalMs: 300 });
    const drip = setInterval(() => client.write('x'), 20);
    await ended;
    clearInterval(drip);
  });
});
