import type { Connection } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type ChatScript, type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './__fixtures__/open-test-gateway.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const keys = { one: 'sk-one-8c1b7a5d2e4f6081', two: 'sk-two-5d2e4f60818c1b7a' };
const messages = [{ role: 'user', content: 'Hello there' }];
const never = new AbortController().signal;
const outage: ChatScript = { status: 500, body: '{}' };

let gateway: TestGateway;
let one: FakeOpenAi;
let two: FakeOpenAi;
let models = 0;

beforeAll(async () => {
  gateway = await openTestGateway();
  one = await startFakeOpenAi({ apiKey: keys.one });
  two = await startFakeOpenAi({ apiKey: keys.two });
});
afterAll(async () => {
  await gateway?.close();
  await one?.close();
  await two?.close();
});
beforeEach(() => {
  gateway.limitTo(null);
  gateway.fallBackTo(undefined);
});

function connection(upstream: FakeOpenAi, providerModelId = 'llama-3'): Connection {
  const base = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream.baseUrl,
    provider_model_id: providerModelId,
  } as const;
  return { ...base, credential: { api_key: upstream === one ? keys.one : keys.two } };
}

/** A model of its own for each test, so that none is met by what another has left behind. */
async function addModel(upstream: FakeOpenAi, price = '0.000001', capabilities = {}): Promise<string> {
  models += 1;
  const all = { json_mode: true, vision: true, tool_use: true, reasoning: true, ...capabilities };
  const settings = { capabilities: all, input_cost_per_token: price, output_cost_per_token: price };
  return gateway.addModel(connection(upstream, `llama-${models}`), `Model ${models}`, settings);
}

async function addCredential(slug: string, upstream: FakeOpenAi, weight: number): Promise<string> {
  const { provider_model_id } = await gateway.registry.getModel(gateway.principal.organizationId, slug);
  const body = connection(upstream, provider_model_id);
  const test = await gateway.registry.testConnection(gateway.principal, body, never);
  const added = { ...body, connection_test_id: test.id, weight };
  const { routes } = await gateway.registry.addModelCredential(gateway.principal, slug, added as never);
  return routes.at(-1)?.credential?.id ?? '';
}

/** A call, and how many requests each fake has got for it. */
async function call(model: string, more: object = {}) {
  const before = [one.requests.length, two.requests.length] as const;
  const answer = await postChat(gateway.url, { model, messages, ...more });
  return { ...answer, calls: [one.requests.length - before[0], two.requests.length - before[1]] };
}

const rowsOf = async (slug: string) =>
  (await gateway.attemptsOf(slug)).map(({ status, cause, credential_id }) => [status, cause, credential_id]);
const stateOf = (slug: string, index = 0) => gateway.gateway.listRouteStates(gateway.principal.organizationId, slug)[index];

describe('several credentials of a model', () => {
  it('share its calls by weight, each toward its own destination, and the answer names the one that served', async () => {
    const slug = await addModel(one);
    const second = await addCredential(slug, two, 1);
    const served = new Set<unknown>();
    for (let i = 0; i < 40 && served.size < 2; i += 1) {
      const answer = await call(slug);
      expect(answer.status).toBe(200);
      const isSecond = answer.headers['x-pipelines-credential'] === second;
      expect(answer.calls).toEqual(isSecond ? [0, 1] : [1, 0]);
      served.add(isSecond);
    }
    expect(served.size).toBe(2);
  });

  it('go on where the secret of one cannot be opened', async () => {
    const slug = await addModel(one);
    const second = await addCredential(slug, two, 0);
    await spoilSecret(slug);
    const answer = await call(slug);
    expect([answer.status, answer.calls]).toEqual([200, [0, 1]]);
    expect(answer.headers['x-pipelines-credential']).toBe(second);
    expect(await rowsOf(slug)).toEqual([['succeeded', null, second]]);
    const alone = await addModel(one);
    await spoilSecret(alone);
    expect((await call(alone)).json).toMatchObject({ error: { code: 'credential_unreadable' } });
  });

  it.each([
    [401, 'bad_key'],
    [402, 'quota_exhausted'],
  ])('go on where one is refused with %i, and leave it alone from then on', async (status, cause) => {
    const slug = await addModel(one);
    const second = await addCredential(slug, two, 0);
    const own = (await gateway.registry.getModel(gateway.principal.organizationId, slug)).credential?.id;
    one.answerOnce({ status, body: { error: { message: 'No.', code: status === 401 ? 'invalid_api_key' : 'insufficient_quota' } } });
    const answer = await call(slug);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'x-pipelines-attempts': '2', 'x-pipelines-credential': second, 'x-pipelines-model': slug });
    expect(await rowsOf(slug)).toEqual([
      ['succeeded', null, second],
      ['failed', cause, own],
    ]);
    expect((await call(slug)).calls).toEqual([0, 1]);
    expect(stateOf(slug)).toMatchObject({ state: 'cooling', cause });
  });

  it('honour Retry-After, and stream from the other one meanwhile', async () => {
    const slug = await addModel(one);
    await addCredential(slug, two, 0);
    one.answerOnce({ status: 429, body: '{}', headers: { 'retry-after': '100' } });
    const stream = await call(slug, { stream: true });
    expect(stream.events.at(-1)).toBe('[DONE]');
    expect(stream.calls).toEqual([1, 1]);
    const state = stateOf(slug);
    expect(state).toMatchObject({ state: 'cooling', cause: 'rate_limited' });
    expect(state?.forMs).toBeGreaterThan(50_000);
    expect(gateway.gateway.countRoutes().cooling).toBeGreaterThan(0);
    expect(gateway.events).toContainEqual(
      expect.objectContaining({ event: 'route_changed', slug, state: 'cooling', cause: 'rate_limited' }),
    );
  });

  it('are each proved by a test, of the model ID that the model has', async () => {
    const { registry, principal } = gateway;
    const slug = await addModel(one);
    const body = connection(two, `llama-${models}`);
    const unproved = { ...body, connection_test_id: 'nobody-made-this-test' };
    await expect(registry.addModelCredential(principal, slug, unproved as never)).rejects.toMatchObject({
      code: 'connection_test_required',
    });
    const other = connection(two, 'llama-of-another-model');
    const { id } = await registry.testConnection(principal, other, never);
    await expect(registry.addModelCredential(principal, slug, { ...other, connection_test_id: id } as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await addCredential(slug, two, 100);
    await registry.updateModelRouting(principal, slug, { weights: [{ credential_id: (await ownOf(slug)) ?? null, weight: 0 }] });
    expect((await call(slug)).calls).toEqual([0, 1]);
    await registry.updateModel(principal, slug, { provider_model_id: 'llama-next' });
    expect((await registry.getModelRouting(principal.organizationId, slug)).routes[1]?.state).toBe('unproven');
    expect((await call(slug)).calls).toEqual([1, 0]);
    await addCredential(slug, two, 100);
    expect((await call(slug)).calls).toEqual([0, 1]);
  });

  it('count as in use, and serve alone when the own one has been deleted', async () => {
    const { registry, principal } = gateway;
    const slug = await addModel(one);
    const second = await addCredential(slug, two, 1);
    await expect(registry.deleteCredential(principal, second)).rejects.toMatchObject({ code: 'credential_in_use' });
    expect((await registry.getCredential(principal.organizationId, second)).models.map((model) => model.slug)).toEqual([slug]);
    await registry.removeModelCredential(principal, slug, second);
    await registry.deleteCredential(principal, second);
    await expect(registry.removeModelCredential(principal, slug, second)).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** As after a data key is lost: what is sealed is there, and nothing opens it. */
async function spoilSecret(slug: string): Promise<void> {
  const { credentials } = schema;
  const isOwn = and(eq(credentials.organizationId, gateway.principal.organizationId), eq(credentials.id, (await ownOf(slug)) ?? ''));
  await gateway.database.db
    .update(credentials)
    .set({ sealed: Buffer.from('nothing that was ever sealed') })
    .where(isOwn);
  await gateway.registry.updateModel(gateway.principal, slug, { display_name: `${slug} again` });
}

const ownOf = async (slug: string) => (await gateway.registry.getModel(gateway.principal.organizationId, slug)).credential?.id;

async function addPair(fallbackCapabilities = {}): Promise<{ slug: string; fallback: string }> {
  const fallback = await addModel(two, '0.000002', fallbackCapabilities);
  const slug = await addModel(one);
  await gateway.registry.updateModelRouting(gateway.principal, slug, { fallbacks: [fallback], max_retries: 0 });
  return { slug, fallback };
}

describe('fallback models', () => {
  it.each([
    ['an outage', outage, 'upstream_unavailable', 'failed'],
    ['a connection that breaks before the first byte', { breakAfterChunks: 0 }, 'connection_lost', 'incomplete'],
    ['a refused credential', { status: 401, body: '{}' }, 'bad_key', 'failed'],
    ['a rate limit', { status: 429, body: '{}' }, 'rate_limited', 'failed'],
  ])('answer after %s, and each attempt is a row with its own model and prices', async (_, script, cause, status) => {
    const { slug, fallback } = await addPair();
    one.answerOnce(script);
    const answer = await call(slug);
    expect(answer.status).toBe(200);
    expect(answer.calls).toEqual([1, 1]);
    expect(answer.headers).toMatchObject({ 'x-pipelines-model': fallback, 'x-pipelines-attempts': '2' });
    expect(await gateway.attemptsOf(slug)).toMatchObject([{ status, cause, input_cost_per_token: '0.000001' }]);
    const [served] = await gateway.attemptsOf(fallback);
    expect(served).toMatchObject({ status: 'succeeded', input_cost_per_token: '0.000002' });
    expect(Number(served?.cost)).toBeCloseTo(2e-6 * ((served?.prompt_tokens ?? 0) + (served?.completion_tokens ?? 0)), 12);
  });

  it('are not asked what the caller is to blame for', async () => {
    const { slug } = await addPair();
    one.answerOnce({ status: 400, body: { error: { message: 'maximum context length', code: 'context_length_exceeded' } } });
    const answer = await call(slug);
    expect([answer.status, answer.calls]).toEqual([400, [1, 0]]);
  });

  it('are not asked once the answer has begun', async () => {
    const { slug } = await addPair();
    one.answerOnce({ chunks: ['a', 'b', 'c'], breakAfterChunks: 2, chunkDelayMs: 20 });
    const stream = await call(slug, { stream: true });
    expect(stream.calls).toEqual([1, 0]);
    expect(stream.headers['x-pipelines-model']).toBe(slug);
    expect(JSON.parse(stream.events.at(-1) ?? '')).toHaveProperty('error.code', 'upstream_error');
  });

  it('are passed over where they lack what is asked, or the key may not call them', async () => {
    const { slug, fallback } = await addPair({ tool_use: false });
    const able = await addModel(two);
    await gateway.registry.updateModelRouting(gateway.principal, slug, { fallbacks: [fallback, able] });
    one.answerOnce(outage);
    const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];
    expect((await call(slug, { tools })).headers['x-pipelines-model']).toBe(able);
    gateway.limitTo([slug, able]);
    one.answerOnce(outage);
    expect((await call(slug)).headers['x-pipelines-model']).toBe(able);
    gateway.limitTo([slug]);
    one.answerOnce(outage);
    const alone = await call(slug);
    expect([alone.status, alone.calls]).toEqual([502, [1, 0]]);
  });

  it('are those that the call names, where it names any', async () => {
    const { slug } = await addPair();
    const other = await addModel(two);
    gateway.fallBackTo([other]);
    one.answerOnce(outage);
    expect((await call(slug)).headers['x-pipelines-model']).toBe(other);
    gateway.fallBackTo([]);
    one.answerOnce(outage);
    expect((await call(slug)).calls).toEqual([1, 0]);
    gateway.fallBackTo(['nobody']);
    expect(await call(slug)).toMatchObject({ status: 404, calls: [0, 0], json: { error: { param: 'X-Pipelines-Fallback' } } });
  });

  it('never go round in a circle: those of a fallback are not asked', async () => {
    const { slug, fallback } = await addPair();
    await gateway.registry.updateModelRouting(gateway.principal, fallback, { fallbacks: [slug], max_retries: 0 });
    one.answerOnce(outage, outage);
    two.answerOnce(outage, outage);
    const answer = await call(slug);
    expect([answer.status, answer.calls]).toEqual([502, [1, 1]]);
    expect(answer.json).toMatchObject({ error: { message: expect.stringContaining(slug) } });
    await call(slug).then(({ calls }) => expect(calls).toEqual([1, 1]));
    const itself = gateway.registry.updateModelRouting(gateway.principal, slug, { fallbacks: [slug] });
    await expect(itself).rejects.toMatchObject({ code: 'invalid_request', fields: [{ field: 'fallbacks.0' }] });
  });

  it('chat, as the model does: one that embeds texts is refused, when it is saved and when it is named', async () => {
    const { slug, fallback } = await addPair();
    const embedding = await gateway.addModel({ ...connection(two, 'embed'), task: 'embeddings' }, 'Vectors', {
      capabilities: { json_mode: false, vision: false, tool_use: false, reasoning: false },
    });
    const saved = gateway.registry.updateModelRouting(gateway.principal, slug, { fallbacks: [fallback, embedding] });
    const message = expect.stringContaining('Vectors embeds texts');
    await expect(saved).rejects.toMatchObject({ code: 'invalid_request', fields: [{ field: 'fallbacks.1', message }] });
    gateway.fallBackTo([embedding]);
    const named = await call(slug);
    expect([named.status, named.calls]).toEqual([400, [0, 0]]);
    expect(named.json).toMatchObject({ error: { code: 'model_task_mismatch', param: 'X-Pipelines-Fallback' } });
  });
});

describe('the time limits of a model', () => {
  it('end a call that does not begin, in words of their own, or let the fallback answer', async () => {
    const slug = await addModel(one);
    await gateway.registry.updateModelRouting(gateway.principal, slug, { first_byte_ms: 500 });
    one.answerOnce({ hang: 'headers' }, { hang: 'headers' });
    const answer = await call(slug);
    expect(answer.status).toBe(504);
    expect(answer.json).toMatchObject({ error: { code: 'upstream_timeout', message: expect.stringContaining('did not begin to answer') } });
    await gateway.registry.updateModelRouting(gateway.principal, slug, { fallbacks: [await addModel(two)] });
    expect((await call(slug, { stream: true })).calls).toEqual([1, 1]);
    // They were out, and nobody has said that they were not charged.
    const unanswered = { status: 'incomplete', cause: 'timed_out', http_status: null, cost: null };
    expect(await gateway.attemptsOf(slug)).toMatchObject([
      { ...unanswered, stream: true },
      { ...unanswered, stream: false },
    ]);
  });

  it('end a stream that falls silent, inside it', async () => {
    const { slug } = await addPair();
    await gateway.registry.updateModelRouting(gateway.principal, slug, { idle_ms: 500 });
    one.answerOnce({ rawStream: ['data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'], hang: 'stream' });
    const stream = await call(slug, { stream: true });
    expect(stream.calls).toEqual([1, 0]);
    expect(JSON.parse(stream.events.at(-1) ?? '')).toMatchObject({
      error: { code: 'upstream_timeout', message: expect.stringContaining('fell silent') },
    });
    expect((await gateway.attemptsOf(slug))[0]).toMatchObject({ status: 'incomplete', cause: 'timed_out' });
  });

  it('end the whole call, its retries and fallbacks included', async () => {
    const { slug, fallback } = await addPair();
    await gateway.registry.updateModelRouting(gateway.principal, slug, { total_ms: 2_000 });
    one.answerOnce({ delayMs: 300, ...outage });
    two.answerOnce({ hang: 'headers' });
    const startedMs = performance.now();
    expect((await call(slug)).status).toBe(502);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect((await gateway.attemptsOf(fallback))[0]).toMatchObject({ status: 'incomplete', cause: 'timed_out' });
  });
});

describe('the circuit of a route', () => {
  it('opens after five outages: a clear 503 then, or the fallback at once', async () => {
    const slug = await addModel(one);
    await gateway.registry.updateModelRouting(gateway.principal, slug, { max_retries: 0 });
    one.answerOnce(outage, outage, outage, outage, outage);
    for (let i = 0; i < 5; i += 1) expect((await call(slug)).status).toBe(502);
    const refused = await call(slug);
    expect([refused.status, refused.calls]).toEqual([503, [0, 0]]);
    expect(refused.json).toMatchObject({ error: { code: 'circuit_open' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(stateOf(slug)).toMatchObject({ state: 'open', cause: 'upstream_unavailable' });
    await gateway.registry.updateModelRouting(gateway.principal, slug, { fallbacks: [await addModel(two)] });
    expect((await call(slug)).calls).toEqual([0, 1]);
  });

  it('is never opened by what callers get wrong', async () => {
    const slug = await addModel(one);
    const wrong: ChatScript = { status: 400, body: { error: { message: 'Bad request', type: 'invalid_request_error' } } };
    one.answerOnce(...Array<ChatScript>(7).fill(wrong));
    for (let i = 0; i < 7; i += 1) expect((await call(slug)).status).toBe(400);
    expect((await call(slug)).calls).toEqual([1, 0]);
  });
});

describe('an alias', () => {
  it('stands for a model from one call to the next, and never for a slug', async () => {
    const { registry, principal } = gateway;
    const [first, second] = [await addModel(one), await addModel(two)];
    await registry.createAlias(principal, 'fast', first);
    const answer = await call('fast');
    expect([answer.calls, answer.headers['x-pipelines-model']]).toEqual([[1, 0], first]);
    await registry.updateAlias(principal, 'fast', second);
    expect((await call('fast')).headers['x-pipelines-model']).toBe(second);
    expect(gateway.gateway.listModels(principal).find(({ id }) => id === 'fast')).toMatchObject({ alias_of: second });
    await expect(registry.createAlias(principal, first, second)).rejects.toMatchObject({ code: 'already_exists' });
    await expect(registry.createAlias(principal, 'fast', first)).rejects.toMatchObject({ code: 'already_exists' });
    expect(await gateway.addModel(connection(one, 'x'), 'Fast')).toBe('fast-2');
    gateway.limitTo([first, 'fast']);
    expect((await call('fast')).status).toBe(403);
    gateway.limitTo([second]);
    expect((await call('fast')).status).toBe(200);
    await expect(registry.deactivateModel(principal, second, { confirm: false })).rejects.toMatchObject({ code: 'model_in_use' });
    await registry.deleteAlias(principal, 'fast');
    expect((await call('fast')).status).toBe(404);
  });
});
