import { type Content, type GenerateContentConfig, GoogleGenAI } from '@google/genai';
import { Secret } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callerOf } from '../testing/call-adapter.ts';
import { geminiSignature } from '../testing/check-generate-body.ts';
import { type FakeGemini, startFakeGemini } from '../testing/fake-gemini.ts';
import { encodeGeneratedEvent } from '../testing/generate-answers.ts';
import { sampleTarget, weatherTool } from '../testing/sample-requests.ts';
import { geminiGenerateAdapter } from './gemini-generate-adapter.ts';

const KEY = 'AIzaSyD-official';
const model = 'gemini-3.1-flash';
const weather = { name: 'weather', parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } } } };
const script = { reasoning: 'hm', toolCalls: [{ id: 'fc_1', name: 'weather', arguments: '{"city":"Rome"}' }] };

let upstream: FakeGemini;
beforeAll(async () => {
  upstream = await startFakeGemini({ apiKey: KEY, models: [model, 'gemini-2.5-pro'] });
});
afterAll(() => upstream.close());

/** The official client judges the fake that our adapter is tested against. */
describe('the official Google client', () => {
  const client = (apiKey = KEY) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: upstream.origin } });
  const generate = (contents: string | Content[], config: GenerateContentConfig = {}, rest: { model?: string; apiKey?: string } = {}) =>
    client(rest.apiKey).models.generateContent({ model: rest.model ?? model, contents, config });

  test('is answered, plain and streamed', async () => {
    const plain = await generate('ping');
    expect([plain.text, plain.candidates?.[0]?.finishReason, plain.usageMetadata?.candidatesTokenCount]).toEqual(['pong', 'STOP', 1]);
    const texts: string[] = [];
    for await (const event of await client().models.generateContentStream({ model, contents: 'größe 😀' })) texts.push(event.text ?? '');
    expect(texts.join('')).toBe('You said: größe 😀');
    const listed: (string | undefined)[] = [];
    for await (const each of await client().models.list()) listed.push(each.name);
    expect(listed).toContain(`models/${model}`);
  });

  test('counts the tokens of a prompt', async () => {
    const count = (more: object = {}) => client().models.countTokens({ model, contents: 'one two three', ...more });
    expect(await count()).toMatchObject({ totalTokens: 3 });
    await expect(count({ model: 'gemini-x' })).rejects.toMatchObject({ status: 404 });
  });

  test('thinks and calls tools in a loop with its signatures', async () => {
    const config = { tools: [{ functionDeclarations: [weather] }], thinkingConfig: { includeThoughts: true } };
    upstream.answerOnce(script);
    const first = await generate('go', config);
    expect(first.functionCalls).toMatchObject([{ id: 'fc_1', name: 'weather', args: { city: 'Rome' } }]);
    const said = first.candidates?.[0]?.content ?? {};
    expect(said.parts?.map((part) => part.thoughtSignature)).toEqual([undefined, geminiSignature]);
    const result: Content = { role: 'user', parts: [{ functionResponse: { id: 'fc_1', name: 'weather', response: { output: 'sunny' } } }] };
    const loop = (parts: Content['parts']): Content[] => [
      { role: 'user', parts: [{ text: 'go' }] },
      { role: 'model', ...(parts ? { parts } : {}) },
      result,
    ];
    expect((await generate(loop(said.parts), config)).candidates?.[0]?.finishReason).toBe('STOP');
    const bare = said.parts?.map(({ thoughtSignature: _, ...part }) => part);
    await expect(generate(loop(bare), config)).rejects.toThrow(/missing a thought_signature/);
  });

  test('gets the right exceptions', async () => {
    await expect(generate('x', {}, { apiKey: 'wrong' })).rejects.toMatchObject({
      name: 'ApiError',
      status: 400,
      message: expect.stringContaining('API_KEY_INVALID'),
    });
    await expect(generate('x', {}, { model: 'gemini-x' })).rejects.toMatchObject({ status: 404 });
    await expect(generate('x', { thinkingConfig: { thinkingBudget: 0 } }, { model: 'gemini-2.5-pro' })).rejects.toThrow(
      /only works in thinking mode/,
    );
    upstream.answerOnce({ rawStream: [encodeGeneratedEvent({ error: { code: 503, status: 'UNAVAILABLE', message: 'overloaded' } })] });
    const drain = async () => {
      for await (const _ of await client().models.generateContentStream({ model, contents: 'x' }));
    };
    await expect(drain()).rejects.toThrow(/UNAVAILABLE/);
  });
});

/** What a client of ours keeps of an answer is enough to go on with. */
describe('a tool loop with thoughts through the adapter', () => {
  const ask = [{ role: 'user' as const, content: 'the weather please' }];
  const result = { role: 'tool' as const, tool_call_id: 'fc_1', content: 'sunny' };

  test('whole, in the pieces of a stream, and with reasoning_details only', async () => {
    const target = sampleTarget({ baseUrl: upstream.baseUrl, authScheme: 'x-goog-api-key', providerModelId: model });
    const caller = callerOf(geminiGenerateAdapter, target, { apiKey: new Secret(KEY) });
    const rest = { tools: [weatherTool], reasoning_effort: 'high' };
    upstream.answerOnce(script, script);
    const whole = (await caller.complete({ messages: ask, ...rest })).completion.choices[0]?.message;
    const streamed = await caller.stream({ messages: ask, ...rest });
    const deltas = streamed.flatMap((event) => (event.type === 'chunk' ? event.chunk.choices.map((choice) => choice.delta) : []));
    const calls = deltas.flatMap((delta) => (delta.tool_calls ?? []) as object[]);
    const bare = whole?.tool_calls?.map(({ id, type, function: called }) => ({ id, type, function: called }));
    for (const kept of [whole, { ...whole, tool_calls: calls, reasoning_details: null }, { ...whole, tool_calls: bare }]) {
      const messages = [...ask, { role: 'assistant' as const, ...kept }, result] as typeof ask;
      expect(await caller.complete({ messages, ...rest })).toMatchObject({ finishReason: 'stop' });
      expect(upstream.requests.at(-1)?.body).toMatchObject({ contents: [{}, { parts: [{ thoughtSignature: geminiSignature }] }, {}] });
      expect(caller.prepare({ messages, ...rest }).changes).toEqual([]);
    }
  });
});

test('the list tells limits and abilities, and what is no chat model', async () => {
  const list = geminiGenerateAdapter.modelList;
  const [prepared] = list?.prepare({ baseUrl: upstream.baseUrl, region: null, authScheme: 'x-goog-api-key', quirks: {} }) ?? [];
  const response = await fetch(prepared?.url ?? '', { headers: { 'x-goog-api-key': KEY } });
  const models = list?.read([{ status: response.status, headers: {}, body: new Uint8Array(await response.arrayBuffer()) }]);
  expect(models?.[0]).toEqual({
    id: model,
    name: model,
    context_tokens: 1_048_576,
    maxOutputTokens: 65_536,
    capabilities: { reasoning: true },
    prices: null,
    chat: true,
  });
  expect(models?.at(-1)).toMatchObject({ id: 'gemini-embedding-001', chat: false, maxOutputTokens: null });
  expect(() =>
    list?.read([{ status: 400, headers: {}, body: Buffer.from('{"error":{"details":[{"reason":"API_KEY_INVALID"}]}}') }]),
  ).toThrow('upstream: bad_key');
});
