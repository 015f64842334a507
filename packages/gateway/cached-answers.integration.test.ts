import type { ChatScript } from '@pipelines/providers/testing';
import OpenAI from 'openai';
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
      { stream: true, stream_options: { include_obfuscation: false } },
      { messages: [{ role: 'user', content: 'Hello there!' }] },
      { user: 'ada' },
    ]) {
      expect(await call(other)).toMatchObject({ cache: 'miss', asked: 1 });
    }
    expect(await call()).toMatchObject({ cache: 'hit', asked: 0 });
  });

  describe.each<[string, ChatScript]>([
    ['a text', { chunks: ['Only ', 'said ', 'once'] }],
    ['thoughts', { reasoning: 'hm, hm', chunks: ['So ', 'it ', 'is'] }],
    [
      'calls of tools',
      {
        toolCalls: [
          { id: 'call_1', name: 'look', arguments: '{"city":"Rome"}' },
          { id: 'call_2', name: 'look', arguments: '{}' },
        ],
      },
    ],
    ['an answer that was cut', { text: 'So it', finishReason: 'length' }],
  ])('with %s', (_, script) => {
    const ask = () => ({ model: slug, messages: [{ role: 'user' as const, content: 'Hello there' }] });
    const client = () => new OpenAI({ apiKey: 'ppl_any', baseURL: stand.gateway.url, maxRetries: 0 });
    const whole = () => client().chat.completions.create(ask());
    const streamed = () =>
      client()
        .chat.completions.stream({ ...ask(), stream_options: { include_usage: true } })
        .finalChatCompletion();
    const said = ({ choices: [choice], usage }: OpenAI.ChatCompletion) => {
      const {
        content,
        tool_calls = [],
        reasoning = null,
      } = (choice?.message ?? {}) as OpenAI.ChatCompletionMessage & { reasoning?: string };
      const calls = tool_calls.map((call) => (call.type === 'function' ? [call.id, call.function.name, call.function.arguments] : call));
      return { content: content ?? '', calls, reasoning, finish: choice?.finish_reason, usage };
    };

    it.each([
      ['a stream of a whole answer', () => whole, () => streamed],
      ['whole of a stream', () => streamed, () => whole],
    ])('are given as %s, with all that it says', async (_form, first, second) => {
      await keepFor(600);
      const before = stand.upstream.requests.length;
      stand.upstream.answerOnce(script);
      const given = await first()();
      expect(said(await second()())).toEqual(said(given));
      expect(given.usage).toMatchObject({ total_tokens: expect.any(Number), cost: expect.any(Number) });
      expect(stand.upstream.requests.length - before).toBe(1);
      const [hit, miss] = await stand.gateway.attemptsOf(slug);
      expect(hit).toMatchObject({ from_cache: true, saved_cost: miss?.cost, stream: second() === streamed });
    });
  });

  it('are given in another form with its headers, and never with less than they say', async () => {
    await keepFor(600);
    await call();
    const stream = await call({ stream: true });
    expect(stream).toMatchObject({ cache: 'hit', asked: 0 });
    expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    expect(stream.headers).not.toHaveProperty('content-length');
    expect(stream.events.at(-1)).toBe('[DONE]');
    expect(stream.text).not.toContain('"usage"');

    // A stream that tells no usage makes no whole answer.
    const more = { temperature: 0.5 };
    await call({ ...more, stream: true });
    expect(await call(more)).toMatchObject({ cache: 'miss', asked: 1 });
    const audio = { temperature: 0.6 };
    const message = { role: 'assistant', content: 'Hi', audio: { id: 'a', data: 'AAAA' } };
    const body = {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'llama-3',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
    };
    stand.upstream.answerOnce({ status: 200, body });
    expect((await call(audio)).text).toContain('"audio"');
    expect(await call({ ...audio, stream: true })).toMatchObject({ cache: 'miss', asked: 1 });
    expect(await call(audio)).toMatchObject({ cache: 'hit', asked: 0 });
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
    expect(await call({ stream: true })).toMatchObject({ cache: 'miss', asked: 1 });
    expect(await call()).toMatchObject({ cache: 'miss', asked: 1 });
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
