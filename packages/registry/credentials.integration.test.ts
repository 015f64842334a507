import { credentialSchema, credentialTestSchema, modelListQuerySchema, type Principal, routes } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from './__fixtures__/bodies.ts';
import { refusal } from './__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';
import type { Registry } from './index.ts';

const oldKey = 'sk-the-old-key-0123456789';
const newKey = 'sk-the-new-key-9876543210';
let setup: TestRegistry;
let upstream: FakeOpenAi;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: null });
  setup = await startTestRegistry();
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
});

const organizationId = () => setup.admin.organizationId;
const get = async (id: string) => credentialSchema.parse(await setup.registry.getCredential(organizationId(), id));
const update = (id: string, body: unknown, principal = setup.admin) =>
  setup.registry.updateCredential(principal, id, routes.updateCredential.body.parse(body));
const replace = (id: string, api_key = newKey, principal?: Principal) => update(id, { credential: { api_key } }, principal);
const secretOf = async (slug: string, registry: Registry = setup.registry) =>
  (await registry.resolve(organizationId(), slug)?.credential())?.apiKey?.expose();
const trialOf = (slug: string, registry: Registry = setup.registry) => registry.resolve(organizationId(), slug)?.trial ?? null;

async function create(display_name: string, apiKey = oldKey): Promise<{ readonly slug: string; readonly id: string }> {
  const body = compatible(upstream.baseUrl, apiKey);
  const { id: testId } = await setup.registry.testConnection(setup.admin, body, never);
  const { slug, credential } = await setup.registry.createModel(setup.admin, saving(body, testId, { display_name }));
  return { slug, id: credential?.id ?? '' };
}

/** A second model on the credential of the first. */
async function share(id: string, display_name: string, model = 'example-model'): Promise<string> {
  const { credential: _, ...body } = { ...compatible(upstream.baseUrl, oldKey, model), credential_id: id } as Record<string, unknown>;
  const tested = await setup.registry.testConnection(setup.admin, body as never, never);
  return (await setup.registry.createModel(setup.admin, saving(body as never, tested.id, { display_name }))).slug;
}

async function auditOf(id: string): Promise<string[]> {
  const { auditLog } = schema;
  const rows = await setup.database.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.objectType, 'credential'), eq(auditLog.objectId, id)))
    .orderBy(auditLog.id);
  return rows.map(({ actorType, action }) => `${actorType} ${action}`);
}

/** Each has read the credential, and waits to write it, before any of them may. */
async function whileNobodyWrites(id: string, begin: () => readonly Promise<unknown>[]): Promise<PromiseSettledResult<unknown>[]> {
  const { db } = setup.database;
  const waiting = sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const work = await db.transaction(async (tx) => {
    await tx.select().from(schema.credentials).where(eq(schema.credentials.id, id)).for('share');
    const begun = begin();
    const ended = Promise.allSettled(begun);
    await expect.poll(async () => (await db.execute(waiting)).rows[0]?.count, { timeout: 20_000 }).toBe(begun.length);
    return { ended };
  });
  return work.ended;
}

describe('a credential', () => {
  it('tells its models, its destination and what it has cost, and never its secret', async () => {
    const { slug, id } = await create('First');
    const second = await share(id, 'Second');
    const { attempts } = schema;
    const call = {
      organizationId: organizationId(),
      requestId: 'r',
      source: 'gateway',
      slug,
      provider: 'openai-compatible',
      credentialId: id,
    } as const;
    const usual = { ...call, providerModelId: 'x', stream: false, status: 'succeeded' } as const;
    await setup.database.db.insert(attempts).values({ ...usual, id: '01890000-0000-7000-8000-000000000001', startedAt: new Date() });
    const sum = { organizationId: organizationId(), grain: 'day', subject: 'credential', key: id } as const;
    await setup.database.db.insert(schema.callSums).values([
      { ...sum, startsAt: new Date(), calls: 2, cost: '0.000000000000000001', unknownCostCalls: 1 },
      { ...sum, startsAt: new Date('2020-01-01'), calls: 1, cost: '9' },
      { ...sum, grain: 'quarter', startsAt: new Date(), judgedCalls: 2, judgedFailedCalls: 2 },
    ]);
    const credential = await get(id);
    expect(credential).toMatchObject({
      status: 'in_use',
      destination: { base_url: upstream.baseUrl, region: null },
      models: [{ slug }, { slug: second }],
      health: { word: 'failing', calls: 2 },
      usage: { calls: 2, cost: '0.000000000000000001', unknown_cost_calls: 1 },
      trial: null,
      refused: null,
    });
    expect(Date.parse(credential.last_used_at ?? '')).toBeGreaterThan(Date.parse('2021-01-01'));
    expect(await setup.registry.listCredentials(organizationId())).toContainEqual(credential);
    expect(JSON.stringify(credential)).not.toContain(oldKey);
  });

  it('names the first of its models and counts the rest; the list of models has them by its ID', async () => {
    const { slug, id } = await create('Shared');
    await setup.database.db.execute(sql`
      insert into models select copy.* from models model, generate_series(1, 40) number,
        jsonb_populate_record(model, jsonb_build_object('id', gen_random_uuid(), 'slug', 'shared-' || number,
          'display_name', case when number <= 30 then 'Shared with ' else 'A gone ' end || lpad(number::text, 2, '0'), 'active', number <= 30)) copy
      where model.slug = ${slug}`);
    const credential = await get(id);
    expect(credential).toMatchObject({ model_count: 41, active_model_count: 31, status: 'in_use' });
    expect(credential.models.map(({ display_name }) => display_name)).toEqual([
      'Shared',
      ...Array.from({ length: 19 }, (_, index) => `Shared with ${String(index + 1).padStart(2, '0')}`),
    ]);

    const beside = await create('Beside', 'sk-another-key-0123456789');
    const [shared] = await setup.database.db.select().from(schema.models).where(eq(schema.models.slug, 'shared-40'));
    await setup.database.db.insert(schema.modelCredentials).values({
      organizationId: organizationId(),
      modelId: shared?.id ?? '',
      credentialId: beside.id,
      position: 1,
      provenModelId: 'example-model',
    });
    expect(await get(beside.id)).toMatchObject({
      model_count: 2,
      active_model_count: 1,
      models: [{ slug: beside.slug }, { slug: 'shared-40', active: false }],
    });

    const listed = async (query: object, of = organizationId()) =>
      (await setup.registry.listModels(of, modelListQuerySchema.parse({ limit: 200, ...query }))).data.map((model) => model.slug);
    expect(await listed({ credential_id: id })).toHaveLength(31);
    expect(await listed({ credential_id: id, status: 'deactivated' })).toHaveLength(10);
    expect(await listed({ credential_id: beside.id, status: 'deactivated' })).toEqual(['shared-40']);
    expect(await listed({ credential_id: id }, setup.stranger.organizationId)).toEqual([]);
    expect(await listed({ credential_id: 'x' })).toEqual([]);
  });

  it('ends when somebody says so, or when its secret does', async () => {
    const { id } = await create('Ending');
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(await update(id, { expires_at: soon })).toMatchObject({ expires_at: soon, expiry_typed: true, status: 'expires_soon' });
    expect(await update(id, { expires_at: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 'expired' });
    expect(await update(id, { expires_at: null })).toMatchObject({ expires_at: null, expiry_typed: false, status: 'in_use' });
    await setup.database.db.update(schema.credentials).set({ expiresAt: new Date() }).where(eq(schema.credentials.id, id));
    expect(await refusal(update(id, { expires_at: null }))).toMatchObject({ code: 'invalid_request', fields: ['expires_at'] });
    expect(await auditOf(id)).toEqual(['member credential.updated', 'member credential.updated', 'member credential.updated']);
  });

  it('belongs to its organization', async () => {
    const { id } = await create('Own');
    for (const work of [
      () => setup.registry.getCredential(setup.stranger.organizationId, id),
      () => update(id, { expires_at: null }, setup.stranger),
      () => replace(id, newKey, setup.stranger),
      () => setup.registry.testCredential(setup.stranger, id, { credential: { api_key: newKey } }, never),
      () => setup.registry.deleteCredential(setup.stranger, id),
      () => setup.registry.getCredential(organizationId(), 'x'),
      () => setup.registry.deleteCredential(setup.admin, 'x'),
    ])
      expect((await refusal(work())).code).toBe('not_found');
  });
});

describe('testing a new secret', () => {
  it('asks every model, and changes nothing', async () => {
    const { slug, id } = await create('Asked');
    await share(id, 'Asked too');
    const before = await get(id);
    const { data, untested } = credentialTestSchema.parse(
      await setup.registry.testCredential(setup.admin, id, { credential: { api_key: newKey } }, never),
    );
    expect(data.map(({ display_name, passed }) => [display_name, passed])).toEqual([
      ['Asked', true],
      ['Asked too', true],
    ]);
    expect(untested).toBe(0);
    expect(await get(id)).toEqual({ ...before, usage: expect.anything(), last_used_at: before.last_used_at });
    expect(await secretOf(slug)).toBe(oldKey);
  });

  it('refuses what is no secret of this kind', async () => {
    const { id } = await create('Kind');
    const test = (credential: Record<string, unknown>) => refusal(setup.registry.testCredential(setup.admin, id, { credential }, never));
    expect((await test({})).code).toBe('invalid_request');
    expect((await test({ access_key_id: 'x' })).code).toBe('invalid_request');
    expect((await test({ api_key: newKey, base_url: 'https://elsewhere.example' })).code).toBe('invalid_request');
  });
});

describe('replacing a secret', () => {
  it('reaches every model and every replica at once, and the old one is kept until a call has worked', async () => {
    const replica = await setup.startReplica();
    const { slug, id } = await create('Rotated');
    const second = await share(id, 'Rotated too');
    const fresh = 'sk-never-tested-9876543210';
    expect(await replace(id, fresh)).toMatchObject({
      status: 'trying',
      trial: { preview: expect.any(String), kept_preview: expect.any(String) },
    });
    expect([await secretOf(slug), await secretOf(second)]).toEqual([fresh, fresh]);
    await expect.poll(() => secretOf(slug, replica)).toBe(fresh);
    expect((await setup.registry.getModel(organizationId(), slug)).status).toBe('untested');

    trialOf(second, replica)?.worked();
    await expect.poll(async () => (await get(id)).status).toBe('in_use');
    const [row] = await setup.database.db.select().from(schema.credentials).where(eq(schema.credentials.id, id));
    expect(row).toMatchObject({ previousSealed: null, previousPreview: null, refusedAt: null });
    await expect.poll(() => trialOf(slug)).toBeNull();
    expect(await secretOf(slug)).toBe(fresh);
    expect(await auditOf(id)).toEqual(['member credential.replaced', 'system credential.replacement_worked']);
  });

  it('keeps a secret that has worked in one process, though another one was refused with it at the same moment', async () => {
    const replica = await setup.startReplica();
    const { slug, id } = await create('Twice judged');
    await replace(id);
    await expect.poll(() => secretOf(slug, replica)).toBe(newKey);
    const { db } = setup.database;
    const waiting = async () =>
      (await db.execute(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows.length;
    await db.transaction(async (tx) => {
      await tx.select().from(schema.credentials).where(eq(schema.credentials.id, id)).for('update');
      trialOf(slug)?.worked();
      await expect.poll(waiting).toBe(1);
      trialOf(slug, replica)?.refused();
      await expect.poll(waiting).toBe(2);
    });
    await expect.poll(() => secretOf(slug, replica)).toBe(newKey);
    expect(await get(id)).toMatchObject({ status: 'in_use', trial: null, refused: null });
    expect(await auditOf(id)).toEqual(['member credential.replaced', 'system credential.replacement_worked']);
  });

  it('comes back by itself where the provider refuses the new one, on every replica', async () => {
    const replica = await setup.startReplica();
    const { slug, id } = await create('Refused');
    const before = await get(id);
    await replace(id);
    await expect.poll(() => secretOf(slug, replica)).toBe(newKey);
    const trial = trialOf(slug);
    trial?.refused();
    trial?.worked();
    // At once in this process, whatever the database says.
    expect(await secretOf(slug)).toBe(oldKey);
    await expect.poll(async () => (await get(id)).status).toBe('returned');
    await expect.poll(() => secretOf(slug, replica)).toBe(oldKey);
    expect(await get(id)).toMatchObject({ preview: before.preview, trial: null, refused: { preview: expect.any(String) } });
    expect(await auditOf(id)).toEqual(['member credential.replaced', 'system credential.returned']);
    // A late word about the version that was refused changes nothing any more.
    trialOf(slug, replica)?.refused();
    expect(await secretOf(slug)).toBe(oldKey);
    expect(await replace(id)).toMatchObject({ status: 'trying', refused: null });
  });

  it('of several in a row keeps the last one that has worked', async () => {
    const { slug, id } = await create('Twice');
    await replace(id, 'sk-never-worked-0000000000');
    await replace(id);
    trialOf(slug)?.refused();
    await expect.poll(async () => (await get(id)).status).toBe('returned');
    expect(await secretOf(slug)).toBe(oldKey);
  });

  it('counts the tests that were made with it', async () => {
    const { slug, id } = await create('Tested');
    await setup.registry.testCredential(setup.admin, id, { credential: { api_key: newKey } }, never);
    await replace(id);
    expect(await setup.registry.getModel(organizationId(), slug)).toMatchObject({ status: 'ready', untested_since: null });
  });

  it('refuses the same secret, and one of two at the same time', async () => {
    const { id } = await create('Same');
    expect(await refusal(replace(id, oldKey))).toMatchObject({ code: 'invalid_request', fields: ['credential'] });
    const both = await whileNobodyWrites(id, () => [replace(id, 'sk-one-0123456789'), replace(id, 'sk-two-0123456789')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('without a model to try it keeps nothing', async () => {
    const { slug, id } = await create('Alone');
    await setup.registry.deactivateModel(setup.admin, slug, { confirm: false });
    expect(await replace(id)).toMatchObject({ status: 'unused', trial: null });
  });
});

describe('deleting', () => {
  it('overwrites the secret of one that no active model uses, and only that', async () => {
    const { slug, id } = await create('Doomed');
    expect(await refusal(setup.registry.deleteCredential(setup.admin, id))).toMatchObject({
      code: 'credential_in_use',
      detail: '1 active model uses this credential: “Doomed”.',
    });
    await replace(id);
    await setup.registry.deactivateModel(setup.admin, slug, { confirm: false });
    await setup.registry.deleteCredential(setup.admin, id);
    const [row] = await setup.database.db.select().from(schema.credentials).where(eq(schema.credentials.id, id));
    expect(row).toMatchObject({ sealed: null, previousSealed: null, previousFingerprint: null, deletedAt: expect.any(Date) });
    for (const work of [() => get(id), () => setup.registry.deleteCredential(setup.admin, id), () => replace(id)])
      expect((await refusal(work())).code).toBe('not_found');
    expect(await setup.registry.reactivateModel(setup.admin, slug)).toMatchObject({ status: 'untested' });
    expect((await auditOf(id)).at(-1)).toBe('member credential.deleted');
  });
});
