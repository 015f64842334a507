import { type ChatRequest, Secret } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CountCall, ProviderAdapter } from './adapter.ts';
import { adapters } from './adapters.ts';
import { authorizeRequest } from './authorize-request.ts';
import { parseJsonBody } from './json-body.ts';
import { type FakeAnthropic, startFakeAnthropic } from './testing/fake-anthropic.ts';
import { type FakeBedrock, startFakeBedrock } from './testing/fake-bedrock.ts';
import { type FakeGemini, startFakeGemini } from './testing/fake-gemini.ts';
import { sampleTarget, weatherTool } from './testing/sample-requests.ts';

const apiKey = 'key-of-a-provider';
let fakes: { anthropic: FakeAnthropic; gemini: FakeGemini; bedrock: FakeBedrock };
beforeAll(async () => {
  fakes = {
    anthropic: await startFakeAnthropic({ apiKey }),
    gemini: await startFakeGemini({ apiKey }),
    bedrock: await startFakeBedrock({ apiKeys: [apiKey] }),
  };
});
afterAll(async () => {
  for (const fake of Object.values(fakes)) await fake.close();
});

const targetOf = {
  'anthropic-messages': () =>
    ({ baseUrl: fakes.anthropic.baseUrl, authScheme: 'x-api-key', providerModelId: 'claude-sonnet-4-5' }) as const,
  'gemini-generate': () => ({ baseUrl: fakes.gemini.baseUrl, authScheme: 'x-goog-api-key', providerModelId: 'gemini-3.1-flash' }) as const,
  'bedrock-converse': () =>
    ({
      baseUrl: fakes.bedrock.baseUrl,
      authScheme: 'bearer',
      region: 'us-east-1',
      providerModelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    }) as const,
};

const chatOf = (value: Omit<ChatRequest, 'model'>) =>
  parseJsonBody<ChatRequest>(Buffer.from(JSON.stringify({ model: 'the-slug', ...value })));
const whole = chatOf({
  messages: [
    { role: 'system', content: 'Be very brief.' },
    { role: 'user', content: 'one two' },
  ],
  tools: [weatherTool],
  temperature: 0.5,
  reasoning_effort: 'high',
});

async function count(adapter: ProviderAdapter, call: CountCall): Promise<unknown> {
  const { counting } = adapter;
  if (counting === undefined) throw new TypeError('It counts nothing.');
  const prepared = counting.prepare(call);
  const { url, method, headers, body } = await authorizeRequest(prepared, { apiKey: new Secret(apiKey) });
  const answer = await fetch(url, { method, headers, body: body === null ? null : Buffer.from(body) });
  const response = { status: answer.status, headers: Object.fromEntries(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) };
  if (!answer.ok) throw adapter.classify(response, call.target);
  return { ...counting.read(response), changes: prepared.changes };
}

describe.each(Object.keys(targetOf) as (keyof typeof targetOf)[])('counting by %s', (protocol) => {
  const adapter = adapters[protocol];

  test('counts all of the prompt: system text, messages and tools', async () => {
    const counted = await count(adapter, { target: sampleTarget(targetOf[protocol]()), chat: whole, native: null });
    expect(counted).toMatchObject({ input_tokens: 5 });
    expect(JSON.stringify(counted)).not.toContain('max_tokens');
    const seen = { 'anthropic-messages': fakes.anthropic, 'gemini-generate': fakes.gemini, 'bedrock-converse': fakes.bedrock }[protocol];
    expect(JSON.stringify(seen.requests.at(-1)?.body)).toContain('The weather of a city.');
  });

  test.each(['{}', '[]', '<html>', '{"input_tokens":-1,"totalTokens":"7","inputTokens":0.5}'])('takes %s for no count', (body) => {
    const response = { status: 200, headers: {}, body: Buffer.from(body) };
    expect(() => adapter.counting?.read(response)).toThrow('upstream: not_openai_shape');
  });
});

test('the caller of a Claude model is counted in its own bytes', async () => {
  const bytes = '{ "model":"the-slug" , "messages":[{"role":"user","content":"Hi \\u00e9"}], "cache_control":{"type":"ephemeral"}}';
  const target = sampleTarget(targetOf['anthropic-messages']());
  const body = parseJsonBody<Record<string, unknown>>(Buffer.from(bytes));
  const native = { body, headers: { 'anthropic-beta': 'token-counting-2024-11-01' } };
  expect(await count(adapters['anthropic-messages'], { target, chat: whole, native })).toEqual({
    input_tokens: 2,
    context_management: null,
    changes: [],
  });
  expect(fakes.anthropic.requests.at(-1)?.bytes.toString()).toBe(bytes.replace('the-slug', 'claude-sonnet-4-5'));
});

test.each([
  ['us.anthropic.claude-x-v1:0', 'anthropic.claude-x-v1:0'],
  ['global.anthropic.claude-x-v1:0', 'anthropic.claude-x-v1:0'],
  ['anthropic.claude-x-v1:0', 'anthropic.claude-x-v1:0'],
  ['meta.llama-3.1', 'meta.llama-3.1'],
  ['arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-x-v1:0', 'anthropic.claude-x-v1:0'],
])('Bedrock counts %s as %s', (providerModelId, counted) => {
  const target = sampleTarget({ baseUrl: 'https://bedrock.test', providerModelId });
  expect(adapters['bedrock-converse'].counting?.prepare({ target, chat: whole, native: null }).url).toBe(
    `https://bedrock.test/model/${encodeURIComponent(counted)}/count-tokens`,
  );
});

test('a model of Bedrock that cannot count says so', async () => {
  const target = sampleTarget({ ...targetOf['bedrock-converse'](), providerModelId: 'amazon.nova-lite-v1:0' });
  await expect(count(adapters['bedrock-converse'], { target, chat: whole, native: null })).rejects.toMatchObject({
    reason: 'feature_unsupported',
    detail: 'counting',
  });
});

test('what speaks chat completions has no way to count', () => {
  expect(adapters['openai-chat'].counting).toBeUndefined();
});
