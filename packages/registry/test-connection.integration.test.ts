import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { type Connection, connectionSchema, connectionTestSchema, Secret, upstreamCauses } from '@pipelines/contracts';
import {
  type ChatScript,
  type FakeAnthropic,
  type FakeBedrock,
  type FakeGemini,
  type FakeOpenAi,
  startFakeAnthropic,
  startFakeBedrock,
  startFakeGemini,
  startFakeOpenAi,
} from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from './__fixtures__/bodies.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

const key = 'sk-the-right-key-0123456789';
let setup: TestRegistry;
let upstream: FakeOpenAi;
let fireworks: FakeOpenAi;
let openai: FakeOpenAi;
let openrouter: FakeOpenAi;
let bedrock: FakeBedrock;
let anthropic: FakeAnthropic;
let google: FakeGemini;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: key, models: ['example-model', 'llama-3.1-70b-instruct'] });
  fireworks = await startFakeOpenAi({ variant: 'fireworks', apiKey: key });
  openai = await startFakeOpenAi({ variant: 'openai', apiKey: key });
  openrouter = await startFakeOpenAi({ variant: 'openrouter', apiKey: key });
  const identities = [{ accessKeyId: 'AKIAEXAMPLE123456789', secretAccessKey: 'right/secret+0123456789' }];
  bedrock = await startFakeBedrock({ identities, apiKeys: [key], models: ['nova'], profileOnlyModels: ['anthropic.claude'] });
  anthropic = await startFakeAnthropic({ apiKey: key, models: ['claude-sonnet-4-6'] });
  google = await startFakeGemini({ apiKey: key, models: ['gemini-2.5-flash'] });
  const providerBaseUrls = {
    google: google.baseUrl,
    anthropic: anthropic.baseUrl,
    fireworks: fireworks.baseUrl,
    openai: openai.baseUrl,
    openrouter: openrouter.baseUrl,
    bedrock: bedrock.baseUrl,
  };
  setup = await startTestRegistry({ providerBaseUrls, platformKey: new Secret(key) });
});
afterAll(async () => {
  await setup?.close();
  for (const server of [upstream, fireworks, openai, openrouter, bedrock, anthropic, google]) await server?.close();
});

const test = async (body: Connection) => connectionTestSchema.parse(await setup.registry.testConnection(setup.admin, body, never));
const scripted = async (script: ChatScript) => {
  upstream.answerOnce(script);
  return test(compatible(upstream.baseUrl, key));
};
const keyed = (provider: string, provider_model_id: string, api_key = key) =>
  connectionSchema.parse({ provider, auth_kind: 'api_key', provider_model_id, credential: { api_key } });
const iam = (changes: object = {}, connection: object = {}) =>
  connectionSchema.parse({
    provider: 'bedrock',
    auth_kind: 'iam',
    region: 'us-east-1',
    provider_model_id: 'nova',
    credential: { access_key_id: 'AKIAEXAMPLE123456789', secret_access_key: 'right/secret+0123456789', ...changes },
    ...connection,
  });

describe('a passed test', () => {
  it('is one small call, and tells what was learnt', async () => {
    const before = upstream.requests.length;
    const answer = await test(compatible(upstream.baseUrl, key));
    expect(answer).toMatchObject({ passed: true, cause: null, fix: null, reply_preview: 'pong', usage: { completion_tokens: 1 } });
    const chats = upstream.requests.slice(before).filter((request) => request.method === 'POST');
    expect(chats.map((request) => request.body)).toEqual([
      { model: 'example-model', messages: [{ role: 'user', content: 'ping' }], max_tokens: 1, stream: false },
    ]);
  });

  it('works with each provider and auth kind', async () => {
    const one = (provider: string) => keyed(provider, 'm');
    expect(await test(one('fireworks'))).toMatchObject({ passed: true });
    expect(await test(one('openrouter'))).toMatchObject({ passed: true });
    expect(await test(iam())).toMatchObject({ passed: true });
    const byKey = {
      provider: 'bedrock',
      auth_kind: 'api_key',
      region: 'us-east-1',
      provider_model_id: 'nova',
      credential: { api_key: key },
    };
    expect(await test(connectionSchema.parse(byKey))).toMatchObject({ passed: true });
    const open = await startFakeOpenAi({ variant: 'ollama', apiKey: null });
    const none = {
      provider: 'openai-compatible',
      auth_kind: 'none',
      base_url: `${open.baseUrl}/chat/completions/`,
      provider_model_id: 'm',
    };
    expect(await test(connectionSchema.parse(none))).toMatchObject({ passed: true });
    await open.close();
    const face = await startFakeOpenAi({ variant: 'huggingface', apiKey: key, state: 'asleep' });
    const hf = {
      provider: 'huggingface',
      auth_kind: 'api_key',
      base_url: face.origin,
      provider_model_id: 'm',
      credential: { api_key: key },
    };
    expect(await test(connectionSchema.parse(hf))).toMatchObject({ passed: true });
    await face.close();
  });

  it('of a native API tells what its own list and the price book know', async () => {
    expect(await test(keyed('anthropic', 'claude-sonnet-4-6'))).toMatchObject({
      passed: true,
      reply_preview: 'pong',
      suggested_prices: { input_cost_per_token: '0.000003', output_cost_per_token: '0.000015', source: 'genai-prices' },
      capabilities_seen: { vision: true, json_mode: true, reasoning: true, tool_use: true },
      max_tokens_seen: 64_000,
    });
    expect(await test(keyed('anthropic', 'claude-sonet-4-6'))).toMatchObject({
      cause: 'model_not_found',
      apply: { set: { provider_model_id: 'claude-sonnet-4-6' } },
    });
    expect(await test(keyed('anthropic', 'claude-sonnet-4-6', 'sk-wrong-0123456789'))).toMatchObject({ cause: 'bad_key' });
    expect(await test(keyed('google', 'models/gemini-2.5-flash'))).toMatchObject({ passed: true, reply_preview: 'pong' });
    expect(await test(keyed('google', 'gemini-2.5-flash'))).toMatchObject({
      passed: true,
      suggested_prices: { input_cost_per_token: '0.0000003', output_cost_per_token: '0.0000025', source: 'genai-prices' },
      capabilities_seen: { reasoning: true },
      max_tokens_seen: 65_536,
    });
    expect(await test(keyed('google', 'gemini-2.5-flsh'))).toMatchObject({
      cause: 'model_not_found',
      apply: { set: { provider_model_id: 'gemini-2.5-flash' } },
    });
    expect(await test(keyed('google', 'gemini-2.5-flash', 'sk-wrong-0123456789'))).toMatchObject({ cause: 'bad_key' });
  });

  it('asks again where the provider wants the limit larger or by its other name, and remembers the name', async () => {
    const strict = compatible(openai.baseUrl, key, 'gpt-5-mini');
    const before = openai.requests.length;
    const answer = await test(strict);
    expect(answer.passed).toBe(true);
    const limits = openai.requests.slice(before).flatMap(({ method, body }) => (method === 'POST' ? [body] : []));
    expect(limits).toMatchObject([{ max_tokens: 1 }, { max_completion_tokens: 1 }, { max_completion_tokens: 16 }]);
    const saved = await setup.registry.createModel(setup.admin, saving(strict, answer.id, { display_name: 'Renamed limit' }));
    const { organizationId } = setup.admin;
    expect(setup.registry.resolve(organizationId, saved.slug)?.target.quirks.maxTokensField).toBe('max_completion_tokens');
  });

  it('is written down call by call', () => {
    for (const { start, end } of setup.calls) {
      expect(start).toMatchObject({ source: 'connection_test', stream: false, organizationId: setup.admin.organizationId });
      expect(end).not.toBeNull();
    }
    expect(setup.calls.at(-1)?.end).toMatchObject({ status: 'succeeded', httpStatus: 200, usage: { completionTokens: 1 } });
    expect(setup.calls.at(-2)?.end).toMatchObject({ status: 'failed', httpStatus: 400, cause: 'bad_request' });
  });
});

describe('a failed test names its cause and the way out', () => {
  it.each<[string, ChatScript]>([
    ['bad_key', { status: 401, body: { error: 'Unauthorized' } }],
    ['no_access', { status: 403, body: { error: { message: 'no' } } }],
    ['model_not_found', { status: 404, body: { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 } } }],
    ['endpoint_paused', { status: 400, body: { error: 'The endpoint is paused, ask a maintainer to restart it' } }],
    ['quota_exhausted', { status: 402, body: { error: { message: 'pay' } } }],
    ['rate_limited', { status: 429, body: { error: { message: 'slow down' } } }],
    ['not_chat_model', { status: 400, body: { error: { message: 'This is not a chat model' } } }],
    ['upstream_unavailable', { status: 500, body: { error: { message: 'boom' } } }],
    ['redirected', { status: 307, headers: { location: 'http://169.254.169.254/' } }],
    ['not_openai_shape', { status: 200, body: '<!DOCTYPE html><html><body>Welcome</body></html>' }],
    ['not_openai_shape', { status: 200, body: { choices: [] } }],
    ['not_openai_shape', { status: 200, body: '{"choices":' }],
    ['upstream_unavailable', { status: 200, body: { error: { message: 'failed inside', code: 500 } } }],
    ['connection_lost', { breakAfterChunks: 0 }],
  ])('%s: %j', async (cause, script) => {
    const answer = await scripted(script);
    expect(answer).toMatchObject({ passed: false, cause, expires_at: null, reply_preview: null });
    expect(answer.message).toMatch(/\w.*\.$/);
    expect(answer.fix).toMatch(/\w/);
    expect(upstreamCauses).toContain(answer.cause);
  });

  it('bad_request, only after the larger limit was refused as well', async () => {
    const refused = { status: 400, body: { error: { message: 'no idea' } } };
    upstream.answerOnce(refused, refused);
    expect(await test(compatible(upstream.baseUrl, key))).toMatchObject({ passed: false, cause: 'bad_request' });
  });

  it('connection_refused, dns_failed, tls_failed and egress_blocked, without a byte sent', async () => {
    const closed = createSocketServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await test(compatible(`http://127.0.0.1:${port}/v1`, key))).toMatchObject({ cause: 'connection_refused' });
    expect(await test(compatible('https://no-such-host.invalid/v1', key))).toMatchObject({ cause: 'dns_failed' });
    expect(await test(compatible(upstream.baseUrl.replace('http:', 'https:'), key))).toMatchObject({ cause: 'tls_failed' });
    for (const blocked of ['http://169.254.169.254/v1', 'http://10.0.0.7/v1', 'http://[fd00:ec2::254]/v1', 'http://2852039166/v1']) {
      const answer = await test(compatible(blocked, key));
      expect(answer, blocked).toMatchObject({ passed: false, cause: 'egress_blocked' });
    }
  });

  it('offers the nearest model, the base URL that answers, the profile and the region', async () => {
    const typo = await test(compatible(upstream.baseUrl, key, 'llama-3.1-70b-instuct'));
    expect(typo).toMatchObject({ cause: 'model_not_found', apply: { set: { provider_model_id: 'llama-3.1-70b-instruct' } } });
    const short = await test(compatible(upstream.origin, key));
    expect(short).toMatchObject({ cause: 'not_openai_shape', apply: { set: { base_url: upstream.baseUrl } } });
    const profile = await test(iam({}, { provider_model_id: 'anthropic.claude' }));
    expect(profile).toMatchObject({ cause: 'needs_inference_profile', apply: { set: { provider_model_id: 'us.anthropic.claude' } } });
    expect(await test(iam({ access_key_id: 'AKIAUNKNOWN' }))).toMatchObject({
      cause: 'bad_key',
      message: expect.stringContaining('Access Key ID'),
    });
    expect(await test(iam({ secret_access_key: 'wrong' }))).toMatchObject({ cause: 'bad_key', message: expect.stringContaining('Secret') });
    expect(await test(iam({}, { region: 'eu-west-1' }))).toMatchObject({ cause: 'wrong_region' });
  });

  it('shows no answer that repeats the secret', async () => {
    expect(await scripted({ chunks: [`Your key is ${key}, is it not?`] })).toMatchObject({ passed: true, reply_preview: null });
    expect(await scripted({ chunks: ['one\n\ttwo\u0007\u202ethree'] })).toMatchObject({ reply_preview: 'one two three' });
  });
});
