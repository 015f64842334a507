import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { openChat } from './__fixtures__/post-chat.ts';

let stand: TestStand;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand.close());

/** A busy machine may stop for as long once; what takes longer by itself does so each time. */
const timed = { retry: 2 };

describe('a caller who goes', () => {
  it.each([
    ['before the headers', { hang: 'headers' as const }, false],
    ['before the headers of a stream', { hang: 'headers' as const }, true],
    ['in mid-stream', { chunks: ['a', 'b'], hang: 'stream' as const }, true],
  ])('%s is gone upstream within a second', timed, async (_, script, stream) => {
    stand.upstream.answerOnce(script);
    const { request, response } = openChat(stand.gateway.url, { model: stand.slug, messages: hello, stream });
    response.catch(() => {});
    if ('chunks' in script) {
      const answer = await response;
      answer.on('error', () => {});
      await new Promise((resolve) => answer.once('data', resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const goneAt = performance.now();
    request.destroy();
    const seen = await stand.upstream.waitForAbort(10_000);
    expect(seen.atMs - goneAt).toBeLessThan(1_000);
    await expect
      .poll(() => stand.gateway.attemptsOf(stand.slug).then((rows) => rows[0]))
      .toMatchObject({ status: 'canceled', cause: 'canceled', stream });
    // No budget holds it, and yet it is never taken for nothing.
    const [row] = await stand.gateway.attemptsOf(stand.slug);
    const { estimated_cost } = await stand.gateway.attemptDetail(row?.id ?? '');
    expect(Number(row?.cost ?? estimated_cost)).toBeGreaterThan(0);
  });

  it('is charged what is known', async () => {
    const usage = '"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}';
    stand.upstream.answerOnce({ rawStream: [`data: {"choices":[{"index":0,"delta":{"content":"a"}}],${usage}}\n\n`], hang: 'stream' });
    const { request, response } = openChat(stand.gateway.url, { model: stand.slug, messages: hello, stream: true });
    const answer = await response;
    answer.on('error', () => {});
    await new Promise((resolve) => answer.once('data', resolve));
    request.destroy();
    await expect
      .poll(() => stand.gateway.attemptsOf(stand.slug).then((rows) => rows[0]))
      .toMatchObject({ status: 'canceled', prompt_tokens: 1000, completion_tokens: 100, cost: '0.00021' });
  });
});

describe('a slow caller', () => {
  let flood: Server;
  let sent = 0;
  const total = 150 * 1024 * 1024;
  beforeAll(async () => {
    const event = Buffer.from(`data: {"choices":[{"index":0,"delta":{"content":"${'x'.repeat(16_000)}"}}]}\n\n`);
    flood = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const more = () => {
        while (sent < total && !response.destroyed) {
          sent += event.length;
          if (!response.write(event)) return void response.once('drain', more);
        }
        response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
      };
      request.on('end', more);
    });
    await new Promise<void>((resolve) => flood.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => flood.close(resolve).closeAllConnections()));

  it('holds the provider back instead of filling our memory', async () => {
    const place = await startFakeOpenAi({ apiKey: null });
    const model = await stand.gateway.addModel(
      { provider: 'openai-compatible', auth_kind: 'none', base_url: place.baseUrl, provider_model_id: 'm' },
      'Flood',
    );
    await place.close();
    await takeOver(place.port, flood);

    const { response } = openChat(stand.gateway.url, { model, messages: hello, stream: true });
    const answer = await response;
    await new Promise((resolve) => answer.once('readable', resolve));
    const before = process.memoryUsage().rss;
    await untilStill(() => sent);
    expect(sent).toBeLessThan(40 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
    let received = 0;
    for await (const piece of answer) received += (piece as Buffer).length;
    expect(received).toBeGreaterThanOrEqual(total);
    expect((await stand.gateway.attemptsOf(model))[0]).toMatchObject({ status: 'succeeded' });
  });

  async function takeOver(port: number, server: Server): Promise<void> {
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    expect((server.address() as AddressInfo).port).toBe(port);
  }
});

/** Waits until a number has not changed for half a second. */
async function untilStill(read: () => number): Promise<void> {
  for (let turn = 0, last = -1; turn < 40 && read() !== last; turn += 1) {
    last = read();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
