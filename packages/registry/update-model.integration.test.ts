import { randomUUID } from 'node:crypto';
import { type CreateModelBody, updateModelBodySchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from './__fixtures__/bodies.ts';
import { refusal } from './__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

const key = 'sk-the-right-key-0123456789';
let setup: TestRegistry;
let upstream: FakeOpenAi;
let elsewhere: FakeOpenAi;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: null });
  elsewhere = await startFakeOpenAi({ apiKey: null });
  setup = await startTestRegistry();
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
  await elsewhere?.close();
});

async function create(display_name: string, changes: Partial<CreateModelBody> = {}) {
  const body = compatible(upstream.baseUrl, key);
  const { id } = await setup.registry.testConnection(setup.admin, body, never);
  return setup.registry.createModel(setup.admin, saving(body, id, { display_name, ...changes }));
}
const update = (slug: string, body: unknown, principal = setup.admin) =>
  setup.registry.updateModel(principal, slug, updateModelBodySchema.parse(body));
const secretOf = async (slug: string) => (await setup.registry.resolve(setup.admin.organizationId, slug)?.credential())?.apiKey?.expose();

describe('updateModel', () => {
  it('changes settings without asking for a test, and keeps the slug', async () => {
    const { slug } = await create('Settings');
    const changed = await update(slug, {
      display_name: 'Renamed',
      max_tokens: 9,
      capabilities: { vision: true },
      input_cost_per_token: '0.5',
    });
    expect(changed).toMatchObject({
      slug,
      display_name: 'Renamed',
      max_tokens: 9,
      status: 'ready',
      untested_since: null,
      price_source: 'manual',
    });
    expect(changed.capabilities).toEqual({ json_mode: true, vision: true, tool_use: true, reasoning: false });
    const thinking = await update(slug, { capabilities: { reasoning: true }, reasoning_parameter: 'max_tokens' });
    expect(thinking.reasoning_parameter).toBe('max_tokens');
    expect((await update(slug, { capabilities: { reasoning: false } })).reasoning_parameter).toBeNull();
    expect(await update(slug, { input_cost_per_token: null })).toMatchObject({ input_cost_per_token: null, price_source: null });
  });

  it.each([
    ['provider_model_id', () => ({ provider_model_id: 'another' })],
    ['credential', () => ({ credential: { api_key: 'sk-a-new-secret-0123456789' } })],
    ['base_url with its credential', () => ({ base_url: elsewhere.baseUrl, credential: { api_key: key } })],
    ['auth_kind', () => ({ auth_kind: 'none' })],
  ])('marks a changed %s as untested', async (name, change) => {
    const { slug } = await create(name);
    expect(await update(slug, change())).toMatchObject({ status: 'untested', untested_since: expect.any(String) });
  });

  it('takes what is already so as no change of the connection', async () => {
    const { slug, credential } = await create('Same');
    const same = {
      provider_model_id: 'example-model',
      base_url: `${upstream.baseUrl}/`,
      auth_kind: 'api_key',
      credential_id: credential?.id,
    };
    expect(await update(slug, same)).toMatchObject({ status: 'ready', untested_since: null });
  });

  it('asks for the credential again when the destination changes, and sends nothing there', async () => {
    const { slug } = await create('Moved');
    for (const change of [{ base_url: elsewhere.baseUrl }, { base_url: upstream.origin }, { base_url: `${upstream.baseUrl}/a` }]) {
      expect(await refusal(update(slug, change))).toMatchObject({ code: 'credential_required' });
    }
    expect(elsewhere.requests).toHaveLength(0);
    await update(slug, { base_url: elsewhere.baseUrl, credential: { api_key: 'sk-for-elsewhere-0123456789' } });
    expect(await secretOf(slug)).toBe('sk-for-elsewhere-0123456789');
    expect(setup.registry.resolve(setup.admin.organizationId, slug)?.target.baseUrl).toBe(elsewhere.baseUrl);
  });

  it('does not lead where this server does not go', async () => {
    const { slug } = await create('Blocked');
    const change = { base_url: 'http://169.254.169.254/v1', credential: { api_key: key } };
    expect(await refusal(update(slug, change))).toMatchObject({ code: 'egress_blocked' });
  });

  it('replaces a secret under the next version, for every model that shares it', async () => {
    const first = await create('Shared one');
    const second = await create('Shared two');
    await update(second.slug, { credential_id: first.credential?.id });
    await setup.registry.testModel(setup.admin, second.slug, {}, never);
    await update(first.slug, { credential: { api_key: 'sk-the-next-secret-0123456789' } });
    expect(await secretOf(second.slug)).toBe('sk-the-next-secret-0123456789');
    expect(await setup.registry.getModel(setup.admin.organizationId, second.slug)).toMatchObject({ status: 'untested' });
    const [row] = await setup.database.db
      .select()
      .from(schema.credentials)
      .where(eq(schema.credentials.id, first.credential?.id ?? ''));
    expect(row).toMatchObject({ version: 2, preview: 'sk-…6789' });
  });

  it('gives a conflict to the slower of two who replace the same secret, and never a mixture', async () => {
    const { slug } = await create('Contended');
    const secrets = ['a', 'b', 'c', 'd'].map((letter) => `sk-${letter.repeat(20)}`);
    const results = await Promise.allSettled(secrets.map((api_key) => update(slug, { credential: { api_key } })));
    const won = results.filter(({ status }) => status === 'fulfilled');
    expect(won.length).toBeGreaterThan(0);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
    expect(secrets).toContain(await secretOf(slug));
  });

  it('refuses foreign fields, models and credentials', async () => {
    const { slug } = await create('Own');
    expect(await refusal(update(slug, { region: 'us-east-1' }))).toMatchObject({ code: 'invalid_request', fields: ['region'] });
    expect(await refusal(update(slug, { credential: { access_key_id: 'x' } }))).toMatchObject({ code: 'invalid_request' });
    expect(await refusal(update(slug, { credential_id: randomUUID() }))).toMatchObject({ code: 'not_found' });
    expect(await refusal(update(slug, { display_name: 'Mine now' }, setup.stranger))).toMatchObject({ code: 'model_not_found' });
    expect(await refusal(update('openai/gpt-5.4', { display_name: 'x' }))).toMatchObject({ code: 'platform_model_immutable' });
    for (const unknown of ['nothing', 'a\0b', '%', "' or 1=1--"]) {
      expect(await refusal(update(unknown, { display_name: 'x' }))).toMatchObject({ code: 'model_not_found' });
      expect(await refusal(setup.registry.getModel(setup.admin.organizationId, unknown))).toMatchObject({ code: 'model_not_found' });
    }
  });
});

describe('deactivateModel', () => {
  const deactivate = (slug: string, confirm = false) => setup.registry.deactivateModel(setup.admin, slug, { confirm });

  it('takes the model out of use at once, keeps its row, and may be repeated', async () => {
    const { organizationId } = setup.admin;
    const { slug } = await create('Short-lived');
    await deactivate(slug);
    await deactivate(slug);
    expect(setup.registry.resolve(organizationId, slug)?.active).toBe(false);
    expect(setup.registry.listCallable(organizationId, null).map(({ id }) => id)).not.toContain(slug);
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({ status: 'deactivated', active: false });
    expect(await refusal(update(slug, { display_name: 'x' }))).toMatchObject({ code: 'model_inactive' });
    expect((await create('Short-lived')).slug).toBe('short-lived-2');
  });

  it('names the active workflows that would fail, unless it is confirmed', async () => {
    const { slug } = await create('Used');
    const { organizationId } = setup.admin;
    const reference = (workflowName: string, step: string, active = true) => ({
      organizationId,
      workflowId: randomUUID(),
      workflowName,
      version: 1,
      step,
      slug,
      active,
    });
    const twice = reference('Invoices', 'read');
    const rows = [twice, { ...twice, step: 'check' }, reference('Letters', 'write'), reference('Old', 'x', false)];
    await setup.database.db.insert(schema.workflowModelReferences).values(rows);
    expect(await refusal(deactivate(slug))).toMatchObject({
      code: 'model_in_use',
      detail: '2 active workflows use this model: “Invoices”, “Letters”.',
    });
    const dependents = await setup.registry.listDependents(organizationId, slug);
    expect(dependents).toMatchObject({ count: 2, data: [{ name: 'Invoices', steps: ['check', 'read'] }, { name: 'Letters' }] });
    await deactivate(slug, true);
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({ active: false });
  });

  it('protects the default model, and a deactivated one cannot become it', async () => {
    const { organizationId } = setup.admin;
    expect(await setup.registry.getSettings(organizationId)).toMatchObject({ default_model: 'google/gemini-3.1-pro-preview' });
    const { slug } = await create('Default');
    await setup.registry.updateSettings(setup.admin, { default_model: slug, organization_name: 'Acme Two' });
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({ is_default: true });
    expect(await refusal(deactivate(slug, true))).toMatchObject({ code: 'default_model_protected' });
    expect(await setup.registry.updateSettings(setup.admin, { default_model: 'openai/gpt-5.4' })).toEqual({
      organization_name: 'Acme Two',
      default_model: 'openai/gpt-5.4',
      content_retention_days: null,
    });
    await deactivate(slug);
    expect(await refusal(setup.registry.updateSettings(setup.admin, { default_model: slug }))).toMatchObject({ code: 'model_inactive' });
    expect(await refusal(setup.registry.updateSettings(setup.stranger, { default_model: slug }))).toMatchObject({
      code: 'model_not_found',
    });
  });

  it('refuses platform models', async () => {
    expect(await refusal(deactivate('openai/gpt-5.4'))).toMatchObject({ code: 'platform_model_immutable' });
  });
});

describe('reactivateModel', () => {
  const reactivate = (slug: string, principal = setup.admin) => setup.registry.reactivateModel(principal, slug);

  it('takes a deactivated model back with its slug and its credential, and may be repeated', async () => {
    const { slug } = await create('Back again');
    await setup.registry.deactivateModel(setup.admin, slug, { confirm: false });
    expect(await reactivate(slug)).toMatchObject({ slug, active: true, status: 'ready' });
    await reactivate(slug);
    expect(setup.registry.resolve(setup.admin.organizationId, slug)?.active).toBe(true);
    expect(await secretOf(slug)).toBe(key);
    const { auditLog } = schema;
    const rows = await setup.database.db.select().from(auditLog).where(eq(auditLog.action, 'model.reactivated'));
    expect(rows).toMatchObject([{ objectType: 'model', objectId: slug, fieldNames: ['active'] }]);
  });

  it('marks it untested where its credential is gone', async () => {
    const { slug, credential } = await create('Without a secret');
    await setup.registry.deactivateModel(setup.admin, slug, { confirm: false });
    await setup.database.db
      .update(schema.credentials)
      .set({ sealed: null, deletedAt: new Date() })
      .where(eq(schema.credentials.id, credential?.id ?? ''));
    expect(await reactivate(slug)).toMatchObject({
      active: true,
      status: 'untested',
      status_detail: expect.stringContaining('enter one again'),
    });
    expect(await update(slug, { credential: { api_key: key } })).toMatchObject({ status_detail: null });
    expect(await secretOf(slug)).toBe(key);
  });

  it('knows neither platform models nor those of others', async () => {
    const { slug } = await create('Foreign');
    expect(await refusal(reactivate('openai/gpt-5.4'))).toMatchObject({ code: 'platform_model_immutable' });
    expect(await refusal(reactivate(slug, setup.stranger))).toMatchObject({ code: 'model_not_found' });
  });
});
