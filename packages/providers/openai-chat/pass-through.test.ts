import { Secret } from '@pipelines/contracts';
import { describe, expect, test } from 'vitest';
import { presetOf } from '../presets.ts';
import { callerOf } from '../testing/call-adapter.ts';
import { type FakeOpenAiOptions, startFakeOpenAi } from '../testing/fake-openai.ts';
import { openAiVariants } from '../testing/openai-dialects.ts';
import { sampleTarget } from '../testing/sample-requests.ts';
import { openaiChatAdapter } from './openai-chat-adapter.ts';

async function open(options: FakeOpenAiOptions = {}, quirks = presetOf('openai-compatible').quirks) {
  const upstream = await startFakeOpenAi(options);
  return {
    upstream,
    caller: callerOf(openaiChatAdapter, sampleTarget({ baseUrl: upstream.baseUrl, quirks }), { apiKey: new Secret('sk-1') }),
  };
}
const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
const usageChunks = (text: string) => text.split('\n\n').filter((event) => event.includes('"choices":[],"usage"'));

describe.each(openAiVariants)('a stream of %s passes through', (variant) => {
  test('with its bill, and with the usage chunk only for callers who asked', async () => {
    const { upstream, caller } = await open({ variant });
    for (const callerAskedUsage of [true, false]) {
      const { text, outcome } = await caller.observe(ask('größe 😀'), { callerAskedUsage });
      expect(outcome).toMatchObject({ complete: true, finishReason: 'stop', error: null, usage: { promptTokens: 2, completionTokens: 4 } });
      expect(outcome.usage?.providerCost).toBe(variant === 'openrouter' ? '0.00014' : null);
      expect(usageChunks(text)).toHaveLength(callerAskedUsage && !['fireworks', 'together'].includes(variant) ? 1 : 0);
      expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
      expect(text.startsWith(': OPENROUTER')).toBe(variant === 'openrouter');
    }
    expect(upstream.requests.map((request) => (request.body as { stream_options: unknown }).stream_options)).toEqual([
      { include_usage: true },
      { include_usage: true },
    ]);
    await upstream.close();
  });

  test('and one that breaks off is not complete', async () => {
    const { upstream, caller } = await open({ variant });
    for (const script of [{ breakAfterChunks: 2 }, { finishReason: null, omitDone: true }]) {
      upstream.answerOnce({ text: 'one two three', ...script });
      expect((await caller.observe(ask('go'), { callerAskedUsage: false })).outcome).toMatchObject({ complete: false, finishReason: null });
    }
    await upstream.close();
  });
});

describe('the fake upstream', () => {
  test('plays a HuggingFace endpoint that is paused, and one that wakes up for a test', async () => {
    const huggingface = presetOf('huggingface');
    const { upstream, caller } = await open({ variant: 'huggingface', state: 'paused' }, huggingface.quirks);
    await expect(caller.complete(ask('ping'))).rejects.toMatchObject({ reason: 'endpoint_paused' });
    upstream.setState('asleep');
    await expect(caller.complete(ask('ping'))).rejects.toMatchObject({ reason: 'endpoint_starting', retryable: true });
    const held = await fetch(`${upstream.baseUrl}/models`, { headers: huggingface.connectionTest.headers });
    expect(held.status).toBe(200);
    await upstream.close();
  });

  test('sees a caller hang up, before the headers and in mid-stream', async () => {
    const { upstream } = await open();
    for (const script of [{ hang: 'headers' as const }, { text: 'a b c', hang: 'stream' as const }]) {
      upstream.answerOnce(script);
      const before = upstream.requests.length;
      const controller = new AbortController();
      const call = fetch(`${upstream.baseUrl}/chat/completions`, {
        method: 'POST',
        body: '{"model":"x","stream":true}',
        signal: controller.signal,
      });
      const answer = call.then((response) => response.text()).catch(() => null);
      await expect.poll(() => upstream.requests.length).toBe(before + 1);
      controller.abort();
      const seen = await Promise.all([upstream.waitForAbort(10_000), answer]);
      expect(seen[0].path).toBe('/v1/chat/completions');
    }
    expect(upstream.aborts).toHaveLength(2);
    await upstream.close();
  });

  test('paces a stream, records what it was sent, and refuses a wrong key', async () => {
    const { upstream, caller } = await open({ apiKey: 'sk-1', answer: { chunkDelayMs: 15 } });
    const startedAt = performance.now();
    await caller.observe(ask('one two three four five'), { callerAskedUsage: true });
    expect(performance.now() - startedAt).toBeGreaterThan(80);
    expect(upstream.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-1' },
      body: { model: 'example-model' },
    });
    expect((await fetch(`${upstream.baseUrl}/models`)).status).toBe(401);
    await upstream.close();
  });
});
