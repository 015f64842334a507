import { randomBytes, randomUUID } from 'node:crypto';
import { type Connection, connectionSchema, modelSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from './__fixtures__/bodies.ts';
import { refusal } from './__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

let setup: TestRegistry;
let upstream: FakeOpenAi;
const key = 'sk-the-right-key-0123456789';

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: key, models: ['example-model', 'other-model'] });
  setup = await startTestRegistry();
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
});

const connection = (): Connection => compatible(upstream.baseUrl, key);

async function passTest(body: Connection = connection(), principal = setup.admin): Promise<string> {
  const test = await setup.registry.testConnection(principal, body, never);
  expect(test).toMatchObject({ passed: true, cause: null });
  return test.id;
}

const required = { code: 'connection_test_required' };

describe('saveModel', () => {
  it('saves what was tested, without the secret being sent again', async () => {
    const id = await passTest();
    const model = await setup.registry.createModel(setup.admin, saving(connection(), id, { credential: undefined, display_name: 'First' }));
    expect(modelSchema.parse(model)).toMatchObject({
      slug: 'first',
      kind: 'custom',
      status: 'ready',
      base_url: upstream.baseUrl,
      credential: { preview: 'sk-…6789', auth_kind: 'api_key' },
      last_test: { passed: true },
    });
    const resolved = setup.registry.resolve(setup.admin.organizationId, 'first');
    expect((await resolved?.credential())?.apiKey?.expose()).toBe(key);
    expect(setup.registry.resolve(setup.stranger.organizationId, 'first')).toBeNull();
  });

  it('refuses what was not tested: every changed field of the connection', async () => {
    const id = await passTest();
    const other = await startFakeOpenAi({ apiKey: null });
    const changes: Readonly<Record<string, unknown>>[] = [
      { provider_model_id: 'other-model' },
      { provider_model_id: 'example-model '.concat('x') },
      { base_url: other.baseUrl },
      { base_url: `${upstream.baseUrl}/deeper` },
      { base_url: upstream.baseUrl.replace('127.0.0.1', 'localhost') },
      { credential: { api_key: `${key}0` } },
      { credential: { api_key: key, headers: { 'x-team': 'a' } } },
      { credential: { headers: { authorization: `Bearer ${key}` } } },
      { auth_kind: 'none', credential: undefined },
      { provider: 'openai', base_url: undefined },
      { provider: 'huggingface' },
    ];
    for (const change of changes) {
      expect(
        await refusal(setup.registry.createModel(setup.admin, saving(connection(), id, change))),
        JSON.stringify(change),
      ).toMatchObject(required);
    }
    // The fields that no test proves do not matter, and the receipt is still whole.
    const free = {
      display_name: 'Free',
      max_tokens: 77,
      input_cost_per_token: '0.000001',
      output_cost_per_token: '0.000002',
      reasoning_parameter: 'effort',
    };
    const capabilities = { json_mode: false, vision: true, tool_use: false, reasoning: true };
    const model = await setup.registry.createModel(setup.admin, saving(connection(), id, { ...free, capabilities }));
    expect(model).toMatchObject({ max_tokens: 77, price_source: 'manual', capabilities, reasoning_parameter: 'effort' });
    expect(other.requests).toHaveLength(0);
    await other.close();
  });

  it('refuses a test that is unknown, failed, used, expired, of a colleague or of a stranger', async () => {
    const save = (id: string, principal = setup.admin) => refusal(setup.registry.createModel(principal, saving(connection(), id)));
    expect(await save(`ct_${randomBytes(32).toString('base64url')}`)).toMatchObject({
      ...required,
      detail: expect.stringContaining('no connection test'),
    });

    const failed = await setup.registry.testConnection(setup.admin, compatible(upstream.baseUrl, 'sk-wrong'), never);
    expect(failed).toMatchObject({ passed: false, cause: 'bad_key', expires_at: null });
    const [kept] = await setup.database.db.select().from(schema.connectionTests).where(sql`not passed`);
    expect(kept).toMatchObject({ cause: 'bad_key', sealed: null });
    const failedSave = setup.registry.createModel(setup.admin, saving(compatible(upstream.baseUrl, 'sk-wrong'), failed.id));
    expect(await refusal(failedSave)).toMatchObject({ ...required, detail: 'The connection test has failed.' });

    const used = await passTest();
    await setup.registry.createModel(setup.admin, saving(connection(), used));
    expect(await save(used)).toMatchObject({ ...required, detail: expect.stringContaining('used') });

    const old = await passTest();
    await setup.database.db
      .update(schema.connectionTests)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(sql`consumed_at is null and passed`);
    expect(await save(old)).toMatchObject({ ...required, detail: expect.stringContaining('ten minutes') });

    const own = await passTest();
    expect(await save(own, setup.colleague)).toMatchObject({ ...required, detail: expect.stringContaining('somebody else') });
    expect(await save(own, setup.stranger)).toMatchObject({ ...required, detail: expect.stringContaining('somebody else') });
    const withKey = { ...setup.admin, actor: { type: 'api_key', id: randomUUID() } } as const;
    expect(await save(own, withKey)).toMatchObject(required);
  });

  it('gives one receipt to one of ten saves at the same time', async () => {
    const id = await passTest();
    const before = (await setup.registry.listCredentials(setup.admin.organizationId)).length;
    const saves = await Promise.allSettled(
      Array.from({ length: 10 }, () => setup.registry.createModel(setup.admin, saving(connection(), id, { display_name: 'Race' }))),
    );
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
    for (const save of saves) if (save.status === 'rejected') expect(save.reason).toMatchObject(required);
    expect(await setup.registry.listCredentials(setup.admin.organizationId)).toHaveLength(before + 1);
  });

  it('makes slugs unique among saves at the same time', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await passTest());
    const models = await Promise.all(
      ids.map((id) => setup.registry.createModel(setup.admin, saving(connection(), id, { display_name: 'Same Name!' }))),
    );
    expect(models.map(({ slug }) => slug).sort()).toEqual([
      'same-name',
      'same-name-2',
      'same-name-3',
      'same-name-4',
      'same-name-5',
      'same-name-6',
    ]);
    const long = 'x'.repeat(100);
    const first = await setup.registry.createModel(setup.admin, saving(connection(), await passTest(), { display_name: long }));
    const second = await setup.registry.createModel(setup.admin, saving(connection(), await passTest(), { display_name: long }));
    expect([first.slug, second.slug]).toEqual(['x'.repeat(64), `${'x'.repeat(62)}-2`]);
  });

  it('offers a saved credential for reuse, and shares it when the save chooses it', async () => {
    const first = await setup.registry.createModel(setup.admin, saving(connection(), await passTest(), { display_name: 'Owner' }));
    const test = await setup.registry.testConnection(setup.admin, connection(), never);
    expect(test.reusable_credential).toMatchObject({ preview: 'sk-…6789' });
    expect(test.reusable_credential?.models.length).toBeGreaterThan(0);
    const credential_id = first.credential?.id;
    const shared = await setup.registry.createModel(
      setup.admin,
      saving(connection(), test.id, { credential: undefined, credential_id, display_name: 'Sharer' }),
    );
    expect(shared.credential?.id).toBe(credential_id);

    const saved = connectionSchema.parse({ ...connection(), credential: undefined, credential_id });
    const again = await setup.registry.createModel(setup.admin, saving(saved, await passTest(saved), { display_name: 'Third' }));
    expect(again.credential?.id).toBe(credential_id);

    const foreign = await setup.registry.testConnection(setup.stranger, connection(), never);
    expect(foreign.reusable_credential).toBeNull();
  });

  it('refuses a saved credential whose secret was replaced after the test', async () => {
    const owner = await setup.registry.createModel(setup.admin, saving(connection(), await passTest(), { display_name: 'Replaced' }));
    const saved = connectionSchema.parse({ ...connection(), credential: undefined, credential_id: owner.credential?.id });
    const id = await passTest(saved);
    await setup.registry.updateModel(setup.admin, owner.slug, { credential: { api_key: 'sk-another-key-9876543210' } });
    expect(await refusal(setup.registry.createModel(setup.admin, saving(saved, id)))).toMatchObject(required);
    expect(await refusal(setup.registry.createModel(setup.admin, saving(saved, id, { credential_id: undefined })))).toMatchObject(required);
  });

  it('leaves nothing behind when it refuses, and records who saved what when it does not', async () => {
    const id = await passTest();
    await setup.registry.createModel(setup.admin, saving(connection(), id, { display_name: 'Audited' }));
    const [entry] = await setup.database.db.select().from(schema.auditLog).where(eq(schema.auditLog.objectId, 'audited'));
    expect(entry).toMatchObject({ action: 'model.created', actorId: setup.admin.actor.id });
    expect(entry?.fieldNames).toContain('credential');
    const [consumed] = await setup.database.db
      .select()
      .from(schema.connectionTests)
      .where(sql`consumed_at is not null and sealed is not null`);
    expect(consumed).toBeUndefined();
  });

  it('names a price by its source only while it is what was suggested', async () => {
    const together = await startFakeOpenAi({ variant: 'together', apiKey: key, models: ['example-model'] });
    const body = compatible(together.baseUrl, key);
    const test = await setup.registry.testConnection(setup.admin, body, never);
    expect(test.suggested_prices).toMatchObject({ input_cost_per_token: '0.00000088', source: 'provider' });
    const prices = { input_cost_per_token: '0.000000880', output_cost_per_token: '0.00000088', price_source: 'provider' };
    expect(await setup.registry.createModel(setup.admin, saving(body, test.id, prices))).toMatchObject({ price_source: 'provider' });
    const lie = { ...prices, output_cost_per_token: '0.5' };
    expect(await setup.registry.createModel(setup.admin, saving(body, await passTest(body), lie))).toMatchObject({
      price_source: 'manual',
    });
    await together.close();
  });
});
