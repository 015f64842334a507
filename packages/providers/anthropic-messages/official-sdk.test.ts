import Anthropic from '@anthropic-ai/sdk';
import { Secret } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callerOf } from '../testing/call-adapter.ts';
import { type FakeAnthropic, startFakeAnthropic } from '../testing/fake-anthropic.ts';
import { encodeMessageEvent } from '../testing/messages-answers.ts';
import { sampleTarget, weatherTool } from '../testing/sample-requests.ts';
import { anthropicMessagesAdapter } from './anthropic-messages-adapter.ts';

const KEY = 'sk-ant-api03-official';
const model = 'claude-opus-4-8';
const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'ping' }];
const weather: Anthropic.Tool = { name: 'weather', input_schema: { type: 'object' } };

let upstream: FakeAnthropic;
beforeAll(async () => {
  upstream = await startFakeAnthropic({ apiKey: KEY, models: [model, 'claude-sonnet-4-5'] });
});
afterAll(() => upstream.close());

/** The official client judges the fake that our adapter is tested against. */
describe('the official Anthropic client', () => {
  const client = (apiKey = KEY) => new Anthropic({ apiKey, authToken: null, baseURL: upstream.origin, maxRetries: 0 });
  const create = (rest: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}, apiKey?: string) =>
    client(apiKey).messages.create({ model, max_tokens: 2_000, messages, ...rest });

  test('is answered, plain and streamed', async () => {
    expect(await create()).toMatchObject({
      content: [{ type: 'text', text: 'pong' }],
      stop_reason: 'end_turn',
      usage: { output_tokens: 1 },
    });
    const stream = client().messages.stream({ model, max_tokens: 2_000, messages: [{ role: 'user', content: 'größe 😀' }] });
    expect(await stream.finalText()).toBe('You said: größe 😀');
    expect((await stream.finalMessage()).usage.output_tokens).toBe(4);
    expect((await client().models.list()).data.map(({ id }) => id)).toEqual([model, 'claude-sonnet-4-5']);
  });

  test('counts the tokens of a prompt', async () => {
    const prompt = { model, system: 'Be brief.', messages, tools: [weather] };
    expect(await client().messages.countTokens(prompt)).toEqual({ input_tokens: 3 });
    expect(await client().beta.messages.countTokens(prompt)).toEqual({ input_tokens: 3, context_management: null });
    await expect(client().messages.countTokens({ ...prompt, ['max_tokens' as string]: 9 })).rejects.toThrow(/max_tokens: Extra inputs/);
    await expect(client().messages.countTokens({ ...prompt, model: 'claude-x' })).rejects.toBeInstanceOf(Anthropic.NotFoundError);
  });

  test('thinks and calls tools in a loop with its signatures', async () => {
    const thinking = { type: 'adaptive' } as const;
    upstream.answerOnce({ reasoning: 'hm', toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: '{"city":"Rome"}' }] });
    const first = await client()
      .messages.stream({ model, max_tokens: 2_000, messages, tools: [weather], thinking })
      .finalMessage();
    expect(first.content.map(({ type }) => type)).toEqual(['thinking', 'tool_use']);
    const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: 'sunny' } as const;
    const loop: Anthropic.MessageParam[] = [
      ...messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [result] },
    ];
    expect((await create({ messages: loop, tools: [weather], thinking })).stop_reason).toBe('end_turn');
    const forged = first.content.map((block) => (block.type === 'thinking' ? { ...block, signature: 'forged' } : block));
    loop[1] = { role: 'assistant', content: forged };
    await expect(create({ messages: loop, tools: [weather], thinking })).rejects.toThrow(/Invalid `signature`/);
  });

  test('gets the right exceptions', async () => {
    await expect(create({}, 'wrong')).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
    await expect(create({ model: 'claude-x' })).rejects.toBeInstanceOf(Anthropic.NotFoundError);
    await expect(create({ ['temperature' as string]: 0.5 })).rejects.toThrow(/deprecated for this model/);
    await expect(create({ thinking: { type: 'enabled', budget_tokens: 1_500 } })).rejects.toThrow(/thinking.type.adaptive/);
    await expect(create({ model: 'claude-sonnet-4-5', thinking: { type: 'adaptive' } })).rejects.toThrow(/not supported/);
    upstream.answerOnce({
      rawStream: [encodeMessageEvent({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })],
    });
    await expect(client().messages.stream({ model, max_tokens: 9, messages }).finalMessage()).rejects.toThrow(/Overloaded/);
  });
});

/** What a client of ours keeps of an answer is enough to go on with. */
describe('a tool loop with thoughts through the adapter', () => {
  const ask = [{ role: 'user' as const, content: 'the weather please' }];
  const script = { reasoning: 'hm', toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: '{"city":"Rome"}' }] };
  const result = { role: 'tool' as const, tool_call_id: 'toolu_1', content: 'sunny' };

  test.each([model, 'claude-sonnet-4-5'])('%s, whole and in the pieces of a stream', async (providerModelId) => {
    const target = sampleTarget({ baseUrl: upstream.baseUrl, authScheme: 'x-api-key', providerModelId });
    const caller = callerOf(anthropicMessagesAdapter, target, { apiKey: new Secret(KEY) });
    const rest = { tools: [weatherTool], reasoning_effort: 'high', max_tokens: 4_000 };
    upstream.answerOnce(script, script);
    const whole = (await caller.complete({ messages: ask, ...rest })).completion.choices[0]?.message;
    const streamed = await caller.stream({ messages: ask, ...rest });
    const details = streamed.flatMap((event) => (event.type === 'chunk' ? (event.chunk.choices[0]?.delta.reasoning_details ?? []) : []));
    for (const kept of [whole, { ...whole, reasoning_details: details }]) {
      const messages = [...ask, { role: 'assistant' as const, ...kept }, result] as typeof ask;
      expect(await caller.complete({ messages, ...rest })).toMatchObject({ finishReason: 'stop' });
      expect(upstream.requests.at(-1)?.body).toMatchObject({
        messages: [{}, { content: [{ type: 'thinking', thinking: 'hm' }, { type: 'tool_use' }] }, {}],
        thinking: {},
      });
    }
  });
});

test('the list tells limits and abilities, and leaves out what is retired', async () => {
  const caller = anthropicMessagesAdapter.modelList;
  const [prepared] = caller?.prepare({ baseUrl: upstream.baseUrl, region: null, authScheme: 'x-api-key', quirks: {} }) ?? [];
  const response = await fetch(prepared?.url ?? '', { headers: { ...prepared?.headers, 'x-api-key': KEY } });
  const answer = { status: response.status, headers: {}, body: new Uint8Array(await response.arrayBuffer()) };
  expect(caller?.read([answer])[0]).toEqual({
    id: model,
    name: model,
    context_tokens: 1_000_000,
    maxOutputTokens: 64_000,
    capabilities: { vision: true, json_mode: true, reasoning: true, tool_use: true },
    prices: null,
    chat: true,
  });
  const body = Buffer.from(
    JSON.stringify({ data: [{ id: 'old', lifecycle: 'retired' }, null, { id: 7 }, { id: 'bare', max_tokens: -1 }] }),
  );
  expect(caller?.read([{ status: 200, headers: {}, body }])).toEqual([
    { id: 'bare', name: null, context_tokens: null, maxOutputTokens: null, capabilities: null, prices: null, chat: true },
  ]);
  expect(() => caller?.read([{ status: 401, headers: {}, body: Buffer.from('{}') }])).toThrow('upstream: bad_key');
});
