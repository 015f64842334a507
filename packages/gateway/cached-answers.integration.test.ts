import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hello, openTestStand, type TestStand } from './__fixtures__/open-test-stand.ts';
import { postChat } from './__fixtures__/post-chat.ts';

let stand: TestStand;
let slug: string;
let models = 0;
beforeAll(async () => {
  stand = await openTestStand();
});
afterAll(() => stand?.close());
beforeEach(async () => {
  models += 1;
  stand.gateway.wishCache(undefined);
  slug = await stand.addModel(`Kept ${models}`, { input_cost_per_token: '0.000001', output_cost_per_token: '0.000002' });
});

const keepFor = (cache_seconds: number | null) =>
  stand.gateway.registry.updateModelRouting(stand.gateway.principal, slug, { cache_seconds });

/** A call, whether a kept answer was looked for and given, and how often the provider was asked. */
async function call(more: object = {}) {
  const before = stand.upstream.requests.length;
  const answer = await postChat(stand.gateway.url, { model: slug, messages: hello, ...more });
  return { ...answer, cache: answer.headers['x-pipelines-cache'], asked: stand.upstream.requests.length - before };
}

describe('kept answers', () => {
  it('are off by default', async () => {
    expect(await call()).toMatchObject({ cache: undefined, asked: 1 });
    expect(await call()).toMatchObject({ cache: undefined, asked: 1 });
  });

  it.each([false, true])('are given to the byte, cost nothing, and tell what they save (stream: %s)', async (stream) => {
    await keepFor(600);
    stand.upstream.answerOnce({ text: 'Only said once' });
    const first = await call({ stream });
    expect(first).toMatchObject({ status: 200, cache: 'miss', asked: 1 });
    const second = await call({ stream });
    expect(second).toMatchObject({ status: 200, cache: 'hit', asked: 0 });
    expect(second.bytes.equals(first.bytes)).toBe(true);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    const [hit, miss] = await stand.gateway.attemptsOf(slug);
    expect(miss).toMatchObject({ from_cache: false, saved_cost: null, status: 'succeeded' });
    expect(Number(miss?.cost)).toBeGreaterThan(0);
    expect(hit).toMatchObject({ from_cache: true, cost: '0', saved_cost: miss?.cost, prompt_tokens: null, credential_id: null, stream });
    expect(await stand.gateway.savingsOf(slug)).toEqual({ hits: 1, saved_cost: miss?.cost, unknown_cost_hits: 0 });
  });

  it('are given to exactly the same request only', async () => {
    await keepFor(600);
    await call();
    for (const other of [
      { temperature: 0.1 },
      { stream: true },
      { messages: [{ role: 'user', content: 'Hello there!' }] },
      { user: 'ada' },
    ]) {
      expect(await call(other)).toMatchObject({ cache: 'miss', asked: 1 });
    }
    expect(await call()).toMatchObject({ cache: 'hit', asked: 0 });
  });

  it('are whole and good ones only', async () => {
    await keepFor(600);
    stand.upstream.answerOnce(
      { status: 500, body: '{}' },
      { chunks: ['a', 'b', 'c'], breakAfterChunks: 2, chunkDelayMs: 10 },
      { rawStream: ['data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n', 'data: {"error":{"code":500,"message":"No."}}\n\n'] },
    );
    expect((await call()).status).toBe(502);
    for (let i = 0; i < 2; i += 1) expect((await call({ stream: true })).events).not.toContain('[DONE]');
    expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
    expect(await call({ stream: true })).toMatchObject({ cache: 'miss', asked: 1 });
  });

  it('are not those of a model that stood in', async () => {
    const fallback = await stand.addModel(`Stand-in ${models}`);
    await stand.gateway.registry.updateModelRouting(stand.gateway.principal, slug, {
      fallbacks: [fallback],
      max_retries: 0,
      cache_seconds: 600,
    });
    stand.upstream.answerOnce({ status: 500, body: '{}' });
    expect((await call()).headers['x-pipelines-model']).toBe(fallback);
    expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
  });

  it('are thrown away on wish, and when the model changes', async () => {
    await keepFor(600);
    await call();
    await stand.gateway.registry.purgeCachedAnswers(stand.gateway.principal, slug);
    expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
    await stand.gateway.registry.updateModel(stand.gateway.principal, slug, { max_tokens: 500 });
    expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
    expect(await call()).toMatchObject({ cache: 'hit', asked: 0 });
    await keepFor(null);
    expect(await call()).toMatchObject({ cache: undefined, asked: 1 });
  });

  it('follow what the call says', async () => {
    stand.gateway.wishCache({ maxAgeSeconds: 600 });
    expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
    expect(await call()).toMatchObject({ cache: 'hit', asked: 0 });
    stand.gateway.wishCache({ fresh: true });
    await keepFor(600);
    for (let i = 0; i < 2; i += 1) expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
    stand.gateway.wishCache({ fresh: true, keepNothing: true });
    expect(await call()).toMatchObject({ cache: undefined, asked: 1 });
    stand.gateway.wishCache(undefined);
    expect(await call()).toMatchObject({ cache: 'hit', asked: 0 });
  });

  it('are kept from a key that may not call the model', async () => {
    await keepFor(600);
    await call();
    stand.gateway.limitTo(['another-model']);
    expect(await call()).toMatchObject({ status: 403, asked: 0 });
    stand.gateway.limitTo(null);
  });
});
