import { type Connection, connectionSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { type FakeBedrock, type FakeOpenAi, startFakeBedrock, startFakeOpenAi } from '@pipelines/providers/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compatible, never, saving } from '../__fixtures__/bodies.ts';
import { refusal } from '../__fixtures__/refusal.ts';
import { startTestRegistry, type TestRegistry } from '../__fixtures__/start-test-registry.ts';

const key = 'sk-the-right-key-0123456789';
let setup: TestRegistry;
let upstream: FakeOpenAi;
let bedrock: FakeBedrock;

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: key });
  bedrock = await startFakeBedrock();
  setup = await startTestRegistry({ providerBaseUrls: { bedrock: bedrock.baseUrl } });
});
afterAll(async () => {
  await setup?.close();
  await upstream?.close();
  await bedrock?.close();
});

const test = (body: Connection) => setup.registry.testConnection(setup.admin, body, never);

describe('what is refused before any call', () => {
  it('a body without a credential, or with two', async () => {
    const body = { ...compatible(upstream.baseUrl, key), credential: undefined };
    const test = (changes: object) => setup.registry.testConnection(setup.admin, connectionSchema.parse({ ...body, ...changes }), never);
    expect(await refusal(test({}))).toMatchObject({ code: 'credential_required' });
    expect(await refusal(test({ credential: {} }))).toMatchObject({ code: 'invalid_request', fields: ['credential.api_key'] });
    expect(await refusal(test({ credential: { api_key: key }, credential_id: 'x' }))).toMatchObject({ code: 'invalid_request' });
  });

  it('a saved credential of another organization (404), or toward another destination (422)', async () => {
    const own = compatible(upstream.baseUrl, key);
    const passed = await test(own);
    const model = await setup.registry.createModel(setup.admin, saving(own, passed.id, { display_name: 'Owner' }));
    const saved = (base_url: string) =>
      connectionSchema.parse({ ...own, base_url, credential: undefined, credential_id: model.credential?.id });
    expect(await refusal(setup.registry.testConnection(setup.stranger, saved(upstream.baseUrl), never))).toMatchObject({
      code: 'not_found',
    });
    const attacker = await startFakeOpenAi({ apiKey: null });
    for (const url of [attacker.baseUrl, `${upstream.origin}/v2`, upstream.origin, upstream.baseUrl.replace('127.0.0.1', 'localhost')]) {
      expect(await refusal(setup.registry.testConnection(setup.admin, saved(url), never)), url).toMatchObject({
        code: 'credential_required',
      });
    }
    expect(attacker.requests).toHaveLength(0);
    await attacker.close();
  });

  it('a URL that is none, and a HuggingFace host that is none of theirs', async () => {
    for (const url of [
      'ftp://x.example',
      'https://user:pw@x.example',
      'https://api.example.com#@10.0.0.1',
      'https://x.example?y=1',
      'https://x .example',
    ]) {
      expect(await refusal(test(compatible(url, key))), url).toMatchObject({ code: 'invalid_request', fields: ['base_url'] });
    }
    const hf = {
      provider: 'huggingface',
      auth_kind: 'api_key',
      base_url: 'https://attacker.example',
      provider_model_id: 'm',
      credential: { api_key: key },
    };
    expect(await refusal(test(connectionSchema.parse(hf)))).toMatchObject({ code: 'invalid_request', fields: ['base_url'] });
  });

  it('a second test at the same time, and the next one beyond the limit of a minute', async () => {
    const limited = await startTestRegistry({ testsPerMinute: 2 });
    let release: () => void = () => undefined;
    upstream.answerOnce({ after: new Promise<void>((resolve) => (release = resolve)) });
    const body = compatible(upstream.baseUrl, key);
    const chats = () => upstream.requests.filter(({ method }) => method === 'POST').length;
    const before = chats();
    const first = limited.registry.testConnection(limited.admin, body, never);
    expect(await refusal(limited.registry.testConnection(limited.admin, body, never))).toMatchObject({ code: 'rate_limited' });
    await expect.poll(chats).toBe(before + 1);
    expect(await limited.registry.testConnection(limited.colleague, body, never)).toMatchObject({ passed: true });
    release();
    await first;
    await limited.registry.testConnection(limited.admin, body, never);
    expect(await refusal(limited.registry.testConnection(limited.admin, body, never))).toMatchObject({ code: 'rate_limited' });
    await limited.close();
  });
});

/** A busy machine may stop for as long once; what takes longer by itself does so each time. */
const timed = { retry: 2 };

describe('a test whose caller goes away', () => {
  it('ends upstream within a second, is written down as canceled, and leaves no receipt', timed, async () => {
    const count = async () => (await setup.database.db.select({ n: sql<number>`count(*)::int` }).from(schema.connectionTests))[0]?.n;
    const before = await count();
    upstream.answerOnce({ hang: 'headers' });
    const caller = new AbortController();
    const running = setup.registry.testConnection(setup.admin, compatible(upstream.baseUrl, key), caller.signal);
    setTimeout(() => caller.abort(), 100);
    expect(await refusal(running)).toMatchObject({ code: 'client_closed_request' });
    expect((await upstream.waitForAbort(10_000)).afterMs).toBeLessThan(1_100);
    expect(setup.calls.at(-1)?.end).toMatchObject({ status: 'canceled', cause: 'canceled' });
    expect(await count()).toBe(before);
  });
});

describe('a short-term Bedrock key', () => {
  const shortTerm = (region: string, at: string): Connection => {
    const query = `X-Amz-Credential=ASIA%2F20260923%2F${region}%2Fbedrock%2Faws4_request&X-Amz-Date=${at}&X-Amz-Expires=43200`;
    const api_key = `bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?Action=CallWithBearerToken&${query}`).toString('base64')}`;
    return connectionSchema.parse({
      provider: 'bedrock',
      auth_kind: 'api_key',
      region: 'us-east-1',
      provider_model_id: 'm',
      credential: { api_key },
    });
  };
  const today = new Date().toISOString().replace(/[-:]|\.\d+/g, '');

  it('that has expired, or is of another region, is not sent anywhere', async () => {
    expect(await test(shortTerm('us-east-1', '20200101T000000Z'))).toMatchObject({ passed: false, cause: 'expired_key' });
    expect(await test(shortTerm('eu-west-1', today))).toMatchObject({
      passed: false,
      cause: 'wrong_region',
      apply: { set: { region: 'eu-west-1' } },
    });
    expect(bedrock.requests).toHaveLength(0);
  });

  it('that is good is saved with its end', async () => {
    const body = shortTerm('us-east-1', today);
    const open = await startFakeBedrock({ apiKeys: ['credential' in body ? (body.credential as { api_key: string }).api_key : ''] });
    const own = await startTestRegistry({ providerBaseUrls: { bedrock: open.baseUrl } });
    const { id } = await own.registry.testConnection(own.admin, body, never);
    const model = await own.registry.createModel(own.admin, saving(body, id));
    expect(Date.parse(model.credential?.expires_at ?? '') - Date.now()).toBeGreaterThan(11 * 3_600_000);
    await own.close();
    await open.close();
  });
});
