import { type Principal, Secret } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type ChatScript, type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestGateway, type TestGateway } from './__fixtures__/open-test-gateway.ts';
import { postChat } from './__fixtures__/post-chat.ts';

const operatorKey = 'sk-or-operator-8c1b7a5d2e4f6081';
const ownKey = 'sk-own-5d2e4f60818c1b7a';
const outage: ChatScript = { status: 500, body: '{}' };

let gateway: TestGateway;
let operators: FakeOpenAi;
let own: FakeOpenAi;
let standIn: string;
let stranger: Principal;

beforeAll(async () => {
  operators = await startFakeOpenAi({ variant: 'openrouter', apiKey: operatorKey });
  own = await startFakeOpenAi({ apiKey: ownKey });
  gateway = await openTestGateway({ platformKey: new Secret(operatorKey), providerBaseUrls: { openrouter: operators.baseUrl } });
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: own.baseUrl,
    provider_model_id: 'llama-3',
    credential: { api_key: ownKey },
  } as const;
  standIn = await gateway.addModel(connection, 'Stand-in');
  const organizationId = uuidv7();
  await gateway.database.db.insert(schema.organizations).values({ id: organizationId, name: 'Elsewhere' });
  stranger = { ...gateway.principal, organizationId };
});
afterAll(async () => {
  await gateway?.close();
  await operators?.close();
  await own?.close();
});
beforeEach(() => gateway.actAs(null));

const set = (slug: string, body: Parameters<TestGateway['registry']['updateModelRouting']>[2], by = gateway.principal) =>
  gateway.registry.updateModelRouting(by, slug, body);
const routingOf = (slug: string, { organizationId } = gateway.principal) => gateway.registry.getModelRouting(organizationId, slug);
const stateOf = (slug: string, { organizationId } = gateway.principal) => gateway.gateway.listRouteStates(organizationId, slug)[0]?.state;

/** A call, and how many requests the operator's provider and the organization's own have got for it. */
async function call(model: string, by: Principal | null = null) {
  gateway.actAs(by);
  const before = [operators.requests.length, own.requests.length] as const;
  const answer = await postChat(gateway.url, { model, messages: [{ role: 'user', content: 'Hello there' }] });
  return { ...answer, calls: [operators.requests.length - before[0], own.requests.length - before[1]] };
}

async function auditOf(organizationId: string, slug: string) {
  const { auditLog } = schema;
  return gateway.database.db
    .select({ action: auditLog.action, actor: auditLog.actorType, fields: auditLog.fieldNames })
    .from(auditLog)
    .where(and(eq(auditLog.organizationId, organizationId), eq(auditLog.objectId, slug)))
    .orderBy(auditLog.id);
}

describe('what an organization sets for a platform model', () => {
  it('lets its fallbacks answer its own calls, by alias too, and nobody else’s', async () => {
    const slug = 'openai/gpt-5.4';
    const routing = await set(slug, { fallbacks: [standIn, 'openai/gpt-5.2'], max_retries: 0 });
    expect(routing).toMatchObject({ fallbacks: [{ slug: standIn, active: true }, { slug: 'openai/gpt-5.2' }], max_retries: 0 });
    expect(routing.routes).toMatchObject([
      { credential: null, state: 'serving', destination: { base_url: 'https://openrouter.ai/api/v1' } },
    ]);
    await gateway.registry.createAlias(gateway.principal, 'clever', slug);
    for (const name of [slug, 'clever']) {
      operators.answerOnce(outage);
      const answer = await call(name);
      expect([answer.status, answer.calls, answer.headers['x-pipelines-model']]).toEqual([200, [1, 1], standIn]);
    }
    await set(slug, { max_retries: 0 }, stranger);
    operators.answerOnce(outage);
    const theirs = await call(slug, stranger);
    expect([theirs.status, theirs.calls]).toEqual([502, [1, 0]]);
    expect(await routingOf(slug, stranger)).toMatchObject({ fallbacks: [], aliases: [] });
    expect(await auditOf(gateway.principal.organizationId, slug)).toEqual([
      { action: 'model.routing_updated', actor: 'member', fields: ['fallbacks', 'max_retries'] },
    ]);
  });

  it('is told of what would miss the fallback, and holds in every process', async () => {
    const slug = 'google/gemini-3.1-pro-preview';
    const replica = await gateway.startReplica();
    const { organizationId } = gateway.principal;
    await set(slug, { fallbacks: [standIn], idle_ms: 7_000, total_ms: 9_000 });
    await expect.poll(() => replica.resolve(organizationId, slug)?.fallbacks, { timeout: 10_000 }).toEqual([standIn]);
    expect(replica.resolve(organizationId, slug)?.routes[0]?.timeouts).toMatchObject({
      firstByteMs: 120_000,
      idleMs: 7_000,
      totalMs: 9_000,
    });
    expect(replica.resolve(stranger.organizationId, slug)).toMatchObject({ fallbacks: [], timeouts: { idleMs: 60_000 } });
    const late = await gateway.startReplica();
    expect(late.resolve(organizationId, slug)).toMatchObject({ fallbacks: [standIn], timeouts: { totalMs: 9_000 } });
    const { stands_in_for } = await gateway.registry.listNamesAndStandIns(organizationId, standIn);
    expect(stands_in_for.map((model) => model.slug)).toContain(slug);
    expect(await gateway.registry.listNamesAndStandIns(stranger.organizationId, standIn)).toEqual({ aliases: [], stands_in_for: [] });
    await set(slug, { fallbacks: [], idle_ms: null, total_ms: null });
    await expect.poll(() => replica.resolve(organizationId, slug)?.timeouts.totalMs, { timeout: 10_000 }).toBe(900_000);
    expect(replica.resolve(organizationId, slug)?.routes[0]?.key).toBe(replica.resolve(stranger.organizationId, slug)?.routes[0]?.key);
  });

  it('opens a circuit of its own by its own time limits: the others still call', async () => {
    const slug = 'anthropic/claude-opus-4.6';
    await set(slug, { first_byte_ms: 500, max_retries: 0 });
    operators.answerOnce(...Array<ChatScript>(5).fill({ hang: 'headers' }));
    for (let i = 0; i < 5; i += 1) expect((await call(slug)).status).toBe(504);
    expect(await call(slug)).toMatchObject({ status: 503, calls: [0, 0], json: { error: { code: 'circuit_open' } } });
    expect([stateOf(slug), stateOf(slug, stranger)]).toEqual(['open', 'serving']);
    expect(await call(slug, stranger)).toMatchObject({ status: 200, calls: [1, 0] });
  });

  it('keeps answers for the organization alone, until it throws them away', async () => {
    const slug = 'openai/gpt-5.2';
    await set(slug, { cache_seconds: 600 });
    const cacheOf = async (by: Principal | null = null) => (await call(slug, by)).headers['x-pipelines-cache'];
    expect([await cacheOf(), await cacheOf(), await cacheOf(stranger)]).toEqual(['miss', 'hit', undefined]);
    await gateway.registry.purgeCachedAnswers(gateway.principal, slug);
    expect([await cacheOf(), await cacheOf()]).toEqual(['miss', 'hit']);
    await gateway.registry.purgeCachedAnswers(stranger, slug);
    expect([await cacheOf(), await routingOf(slug, stranger)]).toMatchObject(['hit', { cache_seconds: null, fallbacks: [] }]);
    await set(slug, { cache_seconds: null });
    expect(await cacheOf()).toBeUndefined();
  });

  it('is refused where it makes no sense, and then nothing of it is kept', async () => {
    const slug = 'openai/gpt-5.2';
    const wrong = { code: 'invalid_request', fields: [{ field: 'fallbacks.0' }] };
    await expect(set(slug, { fallbacks: [slug], total_ms: 5_000 })).rejects.toMatchObject(wrong);
    await expect(set(slug, { fallbacks: ['nobody'] })).rejects.toMatchObject(wrong);
    await expect(set(slug, { fallbacks: [standIn] }, stranger)).rejects.toMatchObject(wrong);
    const weights = [{ credential_id: null, weight: 3 }];
    await expect(set(slug, { weights })).rejects.toMatchObject({ code: 'platform_model_immutable' });
    await expect(set('openai/unheard-of', { max_retries: 1 })).rejects.toMatchObject({ code: 'model_not_found' });
    expect(await routingOf(slug)).toMatchObject({ fallbacks: [], total_ms: null });
  });

  it('goes when the operator takes the model away, and each organization finds that in its audit log', async () => {
    const slug = 'x-ai/grok-4';
    await set(slug, { fallbacks: [standIn], cache_seconds: 60 });
    await set(slug, { max_retries: 4 }, stranger);
    await gateway.registry.catalogue.unpin(slug);
    await expect(set(slug, { max_retries: 1 })).rejects.toMatchObject({ code: 'model_inactive' });
    for (const { organizationId } of [gateway.principal, stranger]) {
      expect((await auditOf(organizationId, slug)).at(-1)).toEqual({
        action: 'model.routing_removed',
        actor: 'system',
        fields: ['routing'],
      });
      expect((await gateway.registry.listNamesAndStandIns(organizationId, standIn)).stands_in_for.map((model) => model.slug)).not.toContain(
        slug,
      );
    }
    await gateway.registry.catalogue.pin(slug);
    expect(await routingOf(slug)).toMatchObject({ fallbacks: [], cache_seconds: null });
    await expect
      .poll(() => gateway.registry.resolve(stranger.organizationId, slug), { timeout: 10_000 })
      .toMatchObject({ active: true, maxRetries: 2, fallbacks: [] });
  });
});
