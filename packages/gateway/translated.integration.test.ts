import { type FakeBedrock, startFakeBedrock } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './__fixtures__/open-test-gateway.ts';
import { openChat, postChat } from './__fixtures__/post-chat.ts';

const identity = { accessKeyId: 'AKIACANARY0000000001', secretAccessKey: 'canary/secret/access/key/0000000000000001' };
const claude = 'anthropic.claude-3-5-sonnet-20240620-v1:0';
/** A busy machine may stop for as long once; what takes longer by itself does so each time. */
const timed = { retry: 2 };
const hello = [{ role: 'user', content: 'Hello there' }];
const prices = { input_cost_per_token: '0.000003', output_cost_per_token: '0.000015' };

let gateway: TestGateway;
let upstream: FakeBedrock;
let slug: string;
beforeAll(async () => {
  upstream = await startFakeBedrock({ identities: [identity] });
  gateway = await openTestGateway({ keepAliveMs: 300, providerBaseUrls: { bedrock: upstream.baseUrl } });
  const credential = { access_key_id: identity.accessKeyId, secret_access_key: identity.secretAccessKey };
  slug = await gateway.addModel(
    { provider: 'bedrock', auth_kind: 'iam', region: 'us-east-1', provider_model_id: claude, credential },
    'Claude',
    prices,
  );
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

describe('a model of another dialect', () => {
  it('answers as if it spoke ours, with its cost', async () => {
    const answer = await postChat(gateway.url, { model: slug, messages: hello });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { content: 'You said: Hello there' }, finish_reason: 'stop' }],
    });
    const [row] = await gateway.attemptsOf(slug);
    expect(row).toMatchObject({ status: 'succeeded', stream: false, provider: 'bedrock', finish_reason: 'stop' });
    expect((answer.json as unknown as { usage: { cost: number } }).usage.cost).toBe(Number(row?.cost));
  });

  it('streams, with usage where the caller asked and the same cost in the log', async () => {
    const stream = await postChat(gateway.url, { model: slug, messages: hello, stream: true, stream_options: { include_usage: true } });
    expect(stream.events.at(-1)).toBe('[DONE]');
    const chunks = stream.events
      .slice(0, -1)
      .map((event) => JSON.parse(event) as { choices: { delta: { content?: string } }[]; usage?: { cost: number } });
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('You said: Hello there');
    const [streamed, whole] = await gateway.attemptsOf(slug);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { cost: Number(streamed?.cost) } });
    expect(streamed).toMatchObject({ status: 'succeeded', stream: true, cost: whole?.cost, prompt_tokens: whole?.prompt_tokens });

    const quiet = await postChat(gateway.url, { model: slug, messages: hello, stream: true });
    expect(quiet.text).not.toContain('"usage"');
    expect((await gateway.attemptsOf(slug))[0]).toMatchObject({ cost: whole?.cost });
  });

  it.each([false, true])('may have charged for a call that it did not answer in time, streamed: %s', async (stream) => {
    await gateway.registry.updateModelRouting(gateway.principal, slug, { first_byte_ms: 500 });
    upstream.answerOnce({ hang: 'headers' });
    expect((await postChat(gateway.url, { model: slug, messages: hello, stream })).status).toBe(504);
    await gateway.registry.updateModelRouting(gateway.principal, slug, { first_byte_ms: null });
    const [row] = await gateway.attemptsOf(slug);
    expect(row).toMatchObject({ status: 'incomplete', cause: 'timed_out', http_status: null, cost: null, stream });
  });

  it('keeps the caller company in silence', async () => {
    upstream.answerOnce({ chunks: ['a', 'b'], chunkDelayMs: 700 });
    const stream = await postChat(gateway.url, { model: slug, messages: hello, stream: true });
    expect(stream.text).toContain(': keep-alive\n\n');
  });

  it('tells of a broken stream inside it, and never says [DONE]', async () => {
    upstream.answerOnce({ chunks: ['a', 'b', 'c'], breakAfterChunks: 3, chunkDelayMs: 20 });
    const stream = await postChat(gateway.url, { model: slug, messages: hello, stream: true });
    expect(stream.events).not.toContain('[DONE]');
    expect(JSON.parse(stream.events.at(-1) ?? '')).toMatchObject({ error: { code: 'upstream_error' } });
    expect((await gateway.attemptsOf(slug))[0]).toMatchObject({ status: 'incomplete', cause: 'connection_lost' });
  });

  it('says what the provider refuses in our words', async () => {
    const secret = identity.secretAccessKey;
    upstream.answerOnce({
      status: 403,
      body: { message: `The security token ${secret} is invalid` },
      headers: { 'x-amzn-errortype': 'UnrecognizedClientException:' },
    });
    const answer = await postChat(gateway.url, { model: slug, messages: hello });
    expect(answer.status).toBe(502);
    expect(answer.text).not.toContain(secret);
    expect((await gateway.attemptsOf(slug))[0]).toMatchObject({ status: 'failed', http_status: 403 });
  });

  it.each([
    ['before the headers', { hang: 'headers' as const }, false],
    ['in mid-stream', { chunks: ['a', 'b'], hang: 'stream' as const }, true],
  ])('is let go of %s within a second when the caller goes', timed, async (_, script, stream) => {
    upstream.answerOnce(script);
    const { request, response } = openChat(gateway.url, { model: slug, messages: hello, stream });
    response.catch(() => {});
    if (stream) {
      const answer = await response;
      answer.on('error', () => {});
      await new Promise((resolve) => answer.once('data', resolve));
    } else await new Promise((resolve) => setTimeout(resolve, 150));
    const goneAt = performance.now();
    request.destroy();
    expect((await upstream.waitForAbort(10_000)).atMs - goneAt).toBeLessThan(1_000);
    await expect
      .poll(() => gateway.attemptsOf(slug).then((rows) => rows[0]))
      .toMatchObject({ status: 'canceled', cause: 'canceled', stream });
  });
});
