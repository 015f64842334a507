import { type AddressInfo, createServer } from 'node:net';
import { type Connection, Secret } from '@pipelines/contracts';
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
let openrouter: FakeOpenAi;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: key });
  openrouter = await startFakeOpenAi({ variant: 'openrouter', apiKey: key });
  setup = await startTestRegistry({ providerBaseUrls: { openrouter: openrouter.baseUrl }, platformKey: new Secret(key) });
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
  await openrouter?.close();
});

const test = (body: Connection) => setup.registry.testConnection(setup.admin, body, never);

describe('testModel', () => {
  it('keeps the result on the model, but not that of a draft', async () => {
    const body = compatible(upstream.baseUrl, key);
    const { slug } = await setup.registry.createModel(setup.admin, saving(body, (await test(body)).id, { display_name: 'Kept' }));
    upstream.answerOnce({ status: 401, body: { error: 'Unauthorized' } });
    const failed = await setup.registry.testModel(setup.admin, slug, {}, never);
    expect(failed).toMatchObject({ passed: false, cause: 'bad_key' });
    const { organizationId } = setup.admin;
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({
      status: 'failing',
      last_test: { passed: false, cause: 'bad_key' },
    });
    expect(await setup.registry.testModel(setup.admin, slug, { provider_model_id: 'llama-3.1-70b-instruct' }, never)).toMatchObject({
      passed: true,
    });
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({ status: 'failing' });
    await setup.registry.updateModel(setup.admin, slug, { provider_model_id: 'llama-3.1-70b-instruct' });
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({ status: 'untested' });
    await setup.registry.testModel(setup.admin, slug, {}, never);
    expect(await setup.registry.getModel(organizationId, slug)).toMatchObject({ status: 'ready', untested_since: null });
  });

  it('tests a platform model with the key of the operator, as it is only', async () => {
    const slug = 'openai/gpt-5-mini';
    expect(await setup.registry.testModel(setup.admin, slug, {}, never)).toMatchObject({ passed: true, expires_at: null });
    expect(setup.calls.at(-1)?.start).toMatchObject({ slug, kind: 'platform', provider: 'openrouter', credentialId: null });
    openrouter.answerOnce({ status: 404, body: '<html>' });
    const lost = await setup.registry.testModel(setup.admin, slug, {}, never);
    expect(lost).toMatchObject({ passed: false, cause: 'not_openai_shape' });
    // The operator's own way to the provider is not told.
    expect(JSON.stringify(lost)).not.toContain('127.0.0.1');
    const draft = { provider_model_id: 'x' };
    expect(await refusal(setup.registry.testModel(setup.admin, slug, draft, never))).toMatchObject({ code: 'platform_model_immutable' });
    expect(await refusal(setup.registry.testModel(setup.admin, 'nothing', {}, never))).toMatchObject({ code: 'model_not_found' });
  });

  it('sends a stored credential to its own destination only', async () => {
    let bytes = 0;
    const attacker = createServer((socket) =>
      socket.on('data', (data) => {
        bytes += data.length;
      }),
    );
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    const base_url = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/v1`;
    const body = compatible(upstream.baseUrl, key);
    const { slug } = await setup.registry.createModel(setup.admin, saving(body, (await test(body)).id, { display_name: 'Bound' }));
    expect(await refusal(setup.registry.testModel(setup.admin, slug, { base_url }, never))).toMatchObject({ code: 'credential_required' });
    expect(await refusal(setup.registry.updateModel(setup.admin, slug, { base_url }))).toMatchObject({ code: 'credential_required' });
    const { models } = schema;
    await setup.database.db.update(models).set({ baseUrl: base_url }).where(eq(models.slug, slug));
    // Somebody has written to the table: the ciphertext does not open for that destination.
    expect(await refusal(setup.registry.testModel(setup.admin, slug, {}, never))).toMatchObject({ code: 'credential_required' });
    await new Promise((resolve) => attacker.close(resolve));
    expect(bytes).toBe(0);
  });
});
