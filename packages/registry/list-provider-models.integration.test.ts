import { type ListedModel, type Principal, routes } from '@pipelines/contracts';
import { type FakeOpenAi, startFakeBedrock, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from './__fixtures__/bodies.ts';
import { refusal } from './__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

const key = 'sk-the-right-key-0123456789';
let setup: TestRegistry;
let upstream: FakeOpenAi;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: key, models: ['b', 'a'] });
  setup = await startTestRegistry();
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
});

const list = (changes: object = {}, principal: Principal = setup.admin): Promise<ListedModel[]> => {
  const { provider_model_id: _, ...connection } = compatible(upstream.baseUrl, key);
  const body = routes.listProviderModels.body.parse({ ...connection, ...changes });
  return setup.registry.listProviderModels(principal, body.provider, body, never);
};

describe('listProviderModels', () => {
  it("gives the provider's own models, asked for once a minute by the same account", async () => {
    const before = upstream.requests.length;
    expect((await list()).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await list({ provider_model_id: 'a' })).toHaveLength(2);
    expect(upstream.requests.length).toBe(before + 1);
    await list({}, setup.stranger);
    expect(upstream.requests.length).toBe(before + 2);
  });

  it('takes a saved credential of the organization, for its own destination', async () => {
    const body = compatible(upstream.baseUrl, key, 'a');
    const { id } = await setup.registry.testConnection(setup.admin, body, never);
    const model = await setup.registry.createModel(setup.admin, saving(body, id));
    const saved = { credential: undefined, credential_id: model.credential?.id };
    expect(await list(saved)).toHaveLength(2);
    expect(await refusal(list(saved, setup.stranger))).toMatchObject({ code: 'not_found' });
    expect(await refusal(list({ ...saved, base_url: upstream.origin }))).toMatchObject({ code: 'credential_required' });
  });

  it('is empty, and no error, where the provider does not tell', async () => {
    expect(await list({ credential: { api_key: 'sk-wrong' } })).toEqual([]);
    expect(await list({ base_url: 'http://127.0.0.1:9/v1' })).toEqual([]);
    expect(await list({ base_url: 'http://169.254.169.254/v1' })).toEqual([]);
    const denied = await startFakeBedrock({ apiKeys: [key], mayList: false });
    const own = await startTestRegistry({ providerBaseUrls: { bedrock: denied.baseUrl } });
    const body = routes.listProviderModels.body.parse({
      provider: 'bedrock',
      auth_kind: 'api_key',
      region: 'us-east-1',
      credential: { api_key: key },
    });
    expect(await own.registry.listProviderModels(own.admin, 'bedrock', body, never)).toEqual([]);
    expect(denied.requests.length).toBeGreaterThan(0);
    await own.close();
    await denied.close();
  });

  it('refuses a body for another provider than the path', async () => {
    const body = routes.listProviderModels.body.parse({ provider: 'openai', auth_kind: 'api_key', credential: { api_key: key } });
    expect(await refusal(setup.registry.listProviderModels(setup.admin, 'together', body, never))).toMatchObject({
      code: 'invalid_request',
    });
  });
});
