import { LLMock } from '@copilotkit/aimock';
import { Secret } from '@pipelines/contracts';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anthropicMessagesAdapter } from './anthropic-messages/anthropic-messages-adapter.ts';
import { bedrockConverseAdapter } from './bedrock-converse/bedrock-converse-adapter.ts';
import { geminiGenerateAdapter } from './gemini-generate/gemini-generate-adapter.ts';
import { openaiChatAdapter } from './openai-chat/openai-chat-adapter.ts';
import { type AdapterCaller, callerOf } from './testing/call-adapter.ts';
import { type FakeOpenAi, startFakeOpenAi } from './testing/fake-openai.ts';
import { sampleTarget, weatherTool } from './testing/sample-requests.ts';

/** The official client judges the fake that our adapter is tested against. */
describe('the official OpenAI client', () => {
  let upstream: FakeOpenAi;
  beforeAll(async () => {
    upstream = await startFakeOpenAi({ variant: 'openai', apiKey: 'sk-1', models: ['gpt-5-mini'] });
  });
  afterAll(() => upstream.close());

  const client = (apiKey = 'sk-1') => new OpenAI({ apiKey, baseURL: upstream.baseUrl, maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: 'ping' }];

  test('is answered, plain, streamed and with tools', async () => {
    const plain = await client().chat.completions.create({ model: 'gpt-5-mini', messages });
    expect(plain.choices[0]?.message.content).toBe('pong');
    const stream = client().chat.completions.stream({ model: 'gpt-5-mini', messages, stream_options: { include_usage: true } });
    const final = await stream.finalChatCompletion();
    expect([final.choices[0]?.message.content, final.usage?.completion_tokens]).toEqual(['pong', 1]);
    const tools = client().chat.completions.stream({
      model: 'gpt-5-mini',
      messages,
      tools: [weatherTool as never],
      tool_choice: 'required',
    });
    expect((await tools.finalChatCompletion()).choices[0]?.message.tool_calls).toMatchObject([
      { function: { name: 'weather', arguments: '{"city":"Rome"}' } },
    ]);
    expect((await client().models.list()).data.map((model) => model.id)).toEqual(['gpt-5-mini']);
  });

  test('gets the right exceptions', async () => {
    const call = (apiKey: string, rest: object) => client(apiKey).chat.completions.create({ model: 'gpt-5-mini', messages, ...rest });
    await expect(call('wrong', {})).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(call('sk-1', { model: 'x' })).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(call('sk-1', { max_tokens: 20 })).rejects.toMatchObject({ status: 400, code: 'unsupported_parameter' });
    await expect(call('sk-1', { max_completion_tokens: 1 })).rejects.toMatchObject({ status: 400 });
  });
});

/** A mock that we did not write, as a second opinion about the wires. */
describe('aimock', () => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1' });
  let origin = '';
  beforeAll(async () => {
    mock.onMessage('ping', { content: 'pong from elsewhere' });
    mock.onMessage('weather', { toolCalls: [{ name: 'weather', arguments: '{"city":"Rome"}' }] });
    origin = await mock.start();
  });
  afterAll(() => mock.stop());

  const ask = (content: string) => ({ messages: [{ role: 'user' as const, content }] });
  const key = { apiKey: new Secret('sk-1') };

  test('understands the openai-chat adapter, plain and streamed', async () => {
    const caller = callerOf(openaiChatAdapter, sampleTarget({ baseUrl: `${origin}/v1`, providerModelId: 'gpt-4o' }), key);
    expect((await caller.complete(ask('ping'))).completion.choices[0]?.message.content).toBe('pong from elsewhere');
    const { text, outcome } = await caller.observe(ask('ping'), { callerAskedUsage: false });
    expect(outcome).toMatchObject({ complete: true, finishReason: 'stop', error: null });
    expect(text).toContain('data: [DONE]');
    const called = await caller.complete({ ...ask('weather'), tools: [weatherTool] });
    expect(called.completion.choices[0]?.message.tool_calls).toMatchObject([{ function: { name: 'weather' } }]);
    await expect(caller.complete(ask('nobody knows'))).rejects.toMatchObject({ name: 'UpstreamError' });
  });

  async function expectPong(caller: AdapterCaller): Promise<void> {
    expect((await caller.complete(ask('ping'))).completion.choices[0]?.message.content).toBe('pong from elsewhere');
    const events = await caller.stream(ask('ping'));
    const text = events.map((event) => (event.type === 'chunk' ? String(event.chunk.choices[0]?.delta.content ?? '') : '')).join('');
    expect(text).toBe('pong from elsewhere');
    const called = await caller.complete({ ...ask('weather'), tools: [weatherTool] });
    expect(called.finishReason).toBe('tool_calls');
  }

  test('understands the bedrock-converse adapter, plain and streamed', async () => {
    const target = sampleTarget({ baseUrl: origin, region: 'us-east-1', providerModelId: 'anthropic.claude-3-5-sonnet-20240620-v1:0' });
    await expectPong(callerOf(bedrockConverseAdapter, target, key));
  });

  test('understands the anthropic-messages adapter, plain and streamed', async () => {
    const target = sampleTarget({ baseUrl: `${origin}/v1`, authScheme: 'x-api-key', providerModelId: 'claude-sonnet-4-5' });
    await expectPong(callerOf(anthropicMessagesAdapter, target, key));
  });

  test('understands the gemini-generate adapter, plain and streamed', async () => {
    const target = sampleTarget({ baseUrl: `${origin}/v1beta`, authScheme: 'x-goog-api-key', providerModelId: 'gemini-2.5-flash' });
    await expectPong(callerOf(geminiGenerateAdapter, target, key));
  });
});
