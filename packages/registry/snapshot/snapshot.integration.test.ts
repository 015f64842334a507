import { Secret } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compatible, never, saving } from '../__fixtures__/bodies.ts';
import { startTestRegistry, type TestRegistry } from '../__fixtures__/start-test-registry.ts';

const key = 'sk-the-right-key-0123456789';
let setup: TestRegistry;
let upstream: FakeOpenAi;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: key });
  setup = await startTestRegistry({ providerBaseUrls: { openrouter: upstream.baseUrl }, platformKey: new Secret('sk-platform') });
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
});

async function create(display_name: string, principal = setup.admin) {
  const body = compatible(upstream.baseUrl, key);
  const { id } = await setup.registry.testConnection(principal, body, never);
  return setup.registry.createModel(principal, saving(body, id, { display_name, input_cost_per_token: '0.00000250' }));
}

describe('the snapshot', () => {
  it('gives a model everything that a call needs', async () => {
    const { slug, credential } = await create('Whole');
    const model = setup.registry.resolve(setup.admin.organizationId, slug);
    expect(model).toMatchObject({
      slug,
      kind: 'custom',
      protocol: 'openai-chat',
      active: true,
      credentialId: credential?.id,
      prices: { input: '0.0000025', output: null },
      target: {
        baseUrl: upstream.baseUrl,
        authScheme: 'bearer',
        providerModelId: 'example-model',
        quirks: { maxTokensField: 'max_tokens' },
      },
    });
    expect(model?.credential()).not.toBeInstanceOf(Promise);
  });

  it('serves platform models to every organization, through the host of the operator', async () => {
    for (const { organizationId } of [setup.admin, setup.stranger]) {
      const model = setup.registry.resolve(organizationId, 'google/gemini-3.1-pro-preview');
      expect(model).toMatchObject({ kind: 'platform', provider: 'openrouter', target: { baseUrl: upstream.baseUrl, maxTokens: null } });
      expect((await model?.credential())?.apiKey?.expose()).toBe('sk-platform');
    }
  });

  it('lists what may be called: the catalogue in order, then custom models by name', async () => {
    await create('zebra', setup.stranger);
    await create('Apple', setup.stranger);
    const { organizationId } = setup.stranger;
    const ids = setup.registry.listCallable(organizationId, null).map(({ id }) => id);
    expect(ids).toHaveLength(11);
    expect(ids.slice(0, 2)).toEqual(['openai/gpt-5.4', 'openai/gpt-5.2']);
    expect(ids.slice(-2)).toEqual(['apple', 'zebra']);
    expect(setup.registry.listCallable(organizationId, new Set(['zebra', 'whole'])).map(({ id }) => id)).toEqual(['zebra']);
  });

  it('reaches every replica, and outlives the notice that was missed', async () => {
    const replica = await setup.startReplica();
    const { organizationId } = setup.admin;
    const { slug } = await create('Everywhere');
    await vi.waitFor(() => expect(replica.resolve(organizationId, slug)?.active).toBe(true), { timeout: 20_000 });
    await setup.registry.deactivateModel(setup.admin, slug, { confirm: false });
    await vi.waitFor(() => expect(replica.resolve(organizationId, slug)?.active).toBe(false), { timeout: 20_000 });
    const quiet = await create('Quiet');
    await setup.database.db.update(schema.models).set({ displayName: 'Unannounced' }).where(eq(schema.models.slug, quiet.slug));
    await setup.database.db.update(schema.registryState).set({ generation: 1_000_000 });
    await vi.waitFor(() => expect(replica.resolve(organizationId, quiet.slug)?.displayName).toBe('Unannounced'), { timeout: 20_000 });
  });

  it('does not open a credential for a destination that somebody has written into the table', async () => {
    const { slug } = await create('Tampered');
    await setup.database.db.update(schema.models).set({ baseUrl: 'http://127.0.0.1:9/v1' }).where(eq(schema.models.slug, slug));
    const replica = await setup.startReplica();
    const model = replica.resolve(setup.admin.organizationId, slug);
    expect(() => model?.credential()).toThrow(expect.objectContaining({ code: 'credential_unreadable' }));
    expect(setup.logged).toContainEqual(expect.objectContaining({ event: 'credential_unreadable' }));
  });

  it('says so when a credential is gone, and goes on when a row is damaged', async () => {
    const { slug, credential } = await create('Emptied');
    const { organizationId } = setup.admin;
    await setup.database.db
      .update(schema.credentials)
      .set({ sealed: null })
      .where(eq(schema.credentials.id, credential?.id ?? ''));
    const damaged = await create('Damaged');
    await setup.database.db.update(schema.models).set({ authKind: 'iam' }).where(eq(schema.models.slug, damaged.slug));
    const replica = await setup.startReplica();
    expect(() => replica.resolve(organizationId, slug)?.credential()).toThrow(expect.objectContaining({ code: 'credential_unavailable' }));
    expect(replica.resolve(organizationId, damaged.slug)).toBeNull();
    expect(replica.resolve(organizationId, 'whole')?.active).toBe(true);
  });
});

describe('a server without the key of the platform models', () => {
  it('shows them as not configured, offers none, and refuses the call', async () => {
    const bare = await startTestRegistry();
    const { organizationId } = bare.admin;
    expect(bare.registry.listCallable(organizationId, null)).toEqual([]);
    const model = await bare.registry.getModel(organizationId, 'openai/gpt-5.4');
    expect(model).toMatchObject({ status: 'not_configured', status_detail: expect.stringContaining('OPENROUTER_API_KEY') });
    const resolved = bare.registry.resolve(organizationId, 'openai/gpt-5.4');
    expect(() => resolved?.credential()).toThrow(expect.objectContaining({ code: 'platform_not_configured' }));
    await expect(bare.registry.testModel(bare.admin, 'openai/gpt-5.4', {}, never)).rejects.toMatchObject({
      code: 'platform_not_configured',
    });
    await bare.close();
  });
});
