import {
  type FakeAnthropic,
  type FakeBedrock,
  type FakeGemini,
  type FakeOpenAi,
  startFakeAnthropic,
  startFakeBedrock,
  startFakeGemini,
  startFakeOpenAi,
} from '@pipelines/providers/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './__fixtures__/open-test-gateway.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const key = 'sk-ant-api03-canary-0000000000000002';
const identity = { accessKeyId: 'AKIACANARY0000000002', secretAccessKey: 'canary/secret/access/key/0000000000000002' };
const claude = 'anthropic.claude-3-5-sonnet-20240620-v1:0';
const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
const messages = [{ role: 'user', content: [{ type: 'text', text: 'What is on these?' }, image, image] }];
const prices = {
  input_cost_per_token: '0.000003',
  output_cost_per_token: '0.000015',
  cache_read_cost_per_token: '0.0000003',
  cache_write_cost_per_token: '0.00000375',
  reasoning_cost_per_token: '0.00002',
  cost_per_request: '0.005',
  cost_per_image: '0.001',
};

let gateway: TestGateway;
let openrouter: FakeOpenAi;
let bedrock: FakeBedrock;
let anthropic: FakeAnthropic;
let google: FakeGemini;
beforeAll(async () => {
  openrouter = await startFakeOpenAi({ variant: 'openrouter', apiKey: key });
  bedrock = await startFakeBedrock({ identities: [identity] });
  anthropic = await startFakeAnthropic({ apiKey: key });
  google = await startFakeGemini({ apiKey: key });
  const providerBaseUrls = {
    openrouter: openrouter.baseUrl,
    bedrock: bedrock.baseUrl,
    anthropic: anthropic.baseUrl,
    google: google.baseUrl,
  };
  gateway = await openTestGateway({ providerBaseUrls });
});
afterAll(async () => {
  await gateway?.close();
  await Promise.all([openrouter, bedrock, anthropic, google].map((fake) => fake?.close()));
});

const byKey = { auth_kind: 'api_key', credential: { api_key: key } } as const;
const byIam = {
  auth_kind: 'iam',
  region: 'us-east-1',
  credential: { access_key_id: identity.accessKeyId, secret_access_key: identity.secretAccessKey },
} as const;

it.each([
  ['openai-chat', { provider: 'openrouter', ...byKey, provider_model_id: 'acme/seer' }],
  ['bedrock-converse', { provider: 'bedrock', ...byIam, provider_model_id: claude }],
  ['anthropic-messages', { provider: 'anthropic', ...byKey, provider_model_id: 'claude-sonnet-4-5' }],
  ['gemini-generate', { provider: 'google', ...byKey, provider_model_id: 'gemini-2.5-flash' }],
] as const)('the same answer costs the same, whole and streamed, over %s', async (protocol, connection) => {
  const slug = await gateway.addModel(connection, `Seer ${protocol}`, prices);
  const whole = await postChat(gateway.url, { model: slug, messages });
  expect(whole.status, whole.text).toBe(200);
  const streamed = await postChat(gateway.url, { model: slug, messages, stream: true, stream_options: { include_usage: true } });
  const quiet = await postChat(gateway.url, { model: slug, messages, stream: true });
  expect([streamed.events.at(-1), quiet.events.at(-1)]).toEqual(['[DONE]', '[DONE]']);
  const rows = await gateway.attemptsOf(slug);
  expect(rows.map(({ stream }) => stream)).toEqual([true, true, false]);
  const bills = rows.map(({ cost, prompt_tokens, completion_tokens, images, price_source, cost_per_request, cost_per_image }) => ({
    cost,
    prompt_tokens,
    completion_tokens,
    images,
    price_source,
    cost_per_request,
    cost_per_image,
  }));
  expect(bills[0]).toMatchObject({ images: 2, price_source: 'manual', cost_per_request: '0.005', cost_per_image: '0.001' });
  expect(Number(bills[0]?.cost)).toBeGreaterThan(0.007);
  expect(bills).toEqual([bills[0], bills[0], bills[0]]);
  // The caller is told the same that the log says.
  const told = streamed.events
    .filter((event) => event.includes('"usage"'))
    .map((event) => JSON.parse(event) as { usage?: { cost?: number } | null });
  expect(told.at(-1)?.usage?.cost).toBe(Number(bills[0]?.cost));
  expect((whole.json as { usage: { cost: number } }).usage.cost).toBe(Number(bills[0]?.cost));
});

const sounds = {
  input_cost_per_token: '0.000003',
  output_cost_per_token: '0.000015',
  cache_read_cost_per_token: '0.0000003',
  audio_input_cost_per_token: '0.00001',
  audio_output_cost_per_token: '0.00005',
  audio_cache_read_cost_per_token: '0.000001',
  cost_per_web_search: '0.01',
};
const openAiUsage = {
  ...{ prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 600 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 40 },
};
const geminiUsage = {
  ...{ promptTokenCount: 1_000, candidatesTokenCount: 100, totalTokenCount: 1_100, cachedContentTokenCount: 300 },
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 400 },
    { modality: 'AUDIO', tokenCount: 600 },
  ],
  cacheTokensDetails: [
    { modality: 'TEXT', tokenCount: 100 },
    { modality: 'AUDIO', tokenCount: 200 },
  ],
  candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 40 }],
};

it.each([
  // 400 × 3 + 600 × 10 + 60 × 15 + 40 × 50 millionths of a dollar, and two searches.
  [
    'openrouter',
    { ...openAiUsage, server_tool_use_details: { web_search_requests: 2, tool_calls_requested: 2 } },
    { cost: '0.0301', audio_input_tokens: 600, audio_output_tokens: 40, web_searches: 2 },
  ],
  // 300 × 3 + 100 × 0.3 + 400 × 10 + 200 × 1 + 60 × 15 + 40 × 50
  [
    'google',
    geminiUsage,
    { cost: '0.00803', audio_input_tokens: 600, cached_audio_tokens: 200, audio_output_tokens: 40, web_searches: null },
  ],
  // 1000 × 3 + 100 × 15, and three searches.
  [
    'anthropic',
    { input_tokens: 1_000, output_tokens: 100, server_tool_use: { web_search_requests: 3, web_fetch_requests: 0 } },
    { cost: '0.0345', audio_input_tokens: null, audio_output_tokens: null, web_searches: 3 },
  ],
] as const)('audio and searches of the web are charged at their own prices, whole and streamed: %s', async (provider, usage, bill) => {
  const fakes = { openrouter, google, anthropic };
  const models = { openrouter: 'acme/singer', google: 'gemini-2.5-flash', anthropic: 'claude-sonnet-4-5' };
  const connection = { provider, ...byKey, provider_model_id: models[provider] };
  const slug = await gateway.addModel(connection, `Singer ${provider}`, sounds);
  fakes[provider].answerOnce({ text: 'Heard', usage }, { text: 'Heard', usage });
  const asked = { model: slug, messages: [{ role: 'user', content: 'Listen.' }] };
  const whole = await postChat(gateway.url, asked);
  const streamed = await postChat(gateway.url, { ...asked, stream: true, stream_options: { include_usage: true } });
  const rows = await gateway.attemptsOf(slug);
  expect(rows).toMatchObject([
    { ...bill, stream: true, audio_input_cost_per_token: '0.00001', cost_per_web_search: '0.01' },
    { ...bill, stream: false },
  ]);
  const told = JSON.parse(streamed.events.at(-2) ?? '{}') as { usage: { cost: number } };
  expect([(whole.json as { usage: { cost: number } }).usage.cost, told.usage.cost]).toEqual([Number(bill.cost), Number(bill.cost)]);
});

it('a search of the web without a price leaves the cost unknown, and no search does not', async () => {
  const { cost_per_web_search: _free, ...unpriced } = sounds;
  const slug = await gateway.addModel({ provider: 'anthropic', ...byKey, provider_model_id: 'claude-sonnet-4-5' }, 'Searcher', unpriced);
  const usage = { input_tokens: 1_000, output_tokens: 100, server_tool_use: { web_search_requests: 1 } };
  anthropic.answerOnce({ text: 'Found', usage }, { text: 'Known', usage: { ...usage, server_tool_use: { web_search_requests: 0 } } });
  const asked = { model: slug, messages: [{ role: 'user', content: 'Search.' }] };
  const searched = await postChat(gateway.url, asked);
  expect((searched.json as { usage: { cost?: number } }).usage.cost).toBeUndefined();
  await postChat(gateway.url, asked);
  expect(await gateway.attemptsOf(slug)).toMatchObject([
    { cost: '0.0045', web_searches: 0 },
    { cost: null, web_searches: 1, cost_per_web_search: null },
  ]);
});
