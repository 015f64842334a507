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
