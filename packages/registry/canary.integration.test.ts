import { randomBytes } from 'node:crypto';
import { type Connection, connectionSchema, Secret } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { type FakeBedrock, type FakeOpenAi, startFakeBedrock, startFakeOpenAi } from '@pipelines/providers/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { never, saving } from './__fixtures__/bodies.ts';
import { startTestRegistry, type TestRegistry } from './__fixtures__/start-test-registry.ts';

const canary = (field: string) => `CNRY-${field}-${randomBytes(16).toString('hex')}`;
const fields = [
  'api_key',
  'bedrock_key',
  'access_key_id',
  'secret_access_key',
  'session_token',
  'header',
  'replacement',
  'draft',
  'failed',
  'platform',
];
const canaries = Object.fromEntries(fields.map((field) => [field, canary(field)]));
const secret = (field: string): string => canaries[field] ?? '';

let setup: TestRegistry;
let upstream: FakeOpenAi;
let bedrock: FakeBedrock;
/** Whatever has left the package: answers, errors. */
const told: unknown[] = [];
const statements: unknown[] = [];

beforeAll(async () => {
  upstream = await startFakeOpenAi({ apiKey: null });
  const identity = {
    accessKeyId: secret('access_key_id'),
    secretAccessKey: secret('secret_access_key'),
    sessionToken: secret('session_token'),
  };
  bedrock = await startFakeBedrock({ identities: [identity], apiKeys: [secret('bedrock_key')] });
  const providerBaseUrls = { bedrock: bedrock.baseUrl, openrouter: upstream.baseUrl };
  setup = await startTestRegistry({ providerBaseUrls, platformKey: new Secret(secret('platform')) });
  await recordStatements(setup.database);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await setup?.close();
  await upstream?.close();
  await bedrock?.close();
});

/** Everything that is sent to PostgreSQL, parameters too. */
async function recordStatements({ pool }: Database): Promise<void> {
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client) as { query: (...args: unknown[]) => unknown };
  client.release();
  const original = prototype.query;
  vi.spyOn(prototype, 'query').mockImplementation(function (this: unknown, ...args: unknown[]) {
    statements.push(args.filter((arg) => typeof arg !== 'function'));
    return original.apply(this, args);
  });
}

async function tell<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    const result = await work;
    told.push(result);
    return result;
  } catch (error) {
    const { message, stack, cause } = error as Error;
    told.push({ ...(error as object), message, stack, cause: String(cause) });
    return null;
  }
}

async function saveTested(connection: Connection, display_name: string): Promise<string> {
  const test = await tell(setup.registry.testConnection(setup.admin, connection, never));
  const model = await tell(setup.registry.createModel(setup.admin, saving(connection, test?.id ?? '', { display_name })));
  return model?.slug ?? '';
}

const compatible = (credential: object, model = 'm') =>
  connectionSchema.parse({
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream.baseUrl,
    provider_model_id: model,
    credential,
  });

/** Bytes as their characters, so that a plain text inside is found. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Uint8Array) return Buffer.from(part).toString('latin1');
    const raw = part as { type?: unknown; data?: unknown } | null;
    return raw?.type === 'Buffer' && Array.isArray(raw.data) ? Buffer.from(raw.data).toString('latin1') : part;
  });
}

async function dumpTables({ db }: Database): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const dumps: string[] = [];
  for (const { name } of tables.rows) dumps.push(toText((await db.execute(sql.raw(`select * from ${name}`))).rows));
  return dumps.join('\n');
}

function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    text.slice(0, 24),
    bytes.toString('base64').slice(0, -4),
    bytes.toString('base64url').slice(0, -2),
    bytes.toString('hex'),
    encodeURIComponent(text),
  ];
}

describe('a secret in every secret field', () => {
  it('is found in no table, statement, answer, error or log', async () => {
    const { registry, admin } = setup;
    const echo = { status: 401, body: { error: { message: `Incorrect API key provided: ${secret('failed')}`, code: secret('failed') } } };
    const slug = await saveTested(compatible({ api_key: secret('api_key'), headers: { 'x-token': secret('header') } }), 'Key and header');
    const iam = {
      access_key_id: secret('access_key_id'),
      secret_access_key: secret('secret_access_key'),
      session_token: secret('session_token'),
    };
    const aws = { provider: 'bedrock', region: 'us-east-1', provider_model_id: 'nova' };
    const iamSlug = await saveTested(connectionSchema.parse({ ...aws, auth_kind: 'iam', credential: iam }), 'Pair');
    await saveTested(
      connectionSchema.parse({ ...aws, auth_kind: 'api_key', credential: { api_key: secret('bedrock_key') } }),
      'Bedrock key',
    );
    expect([slug, iamSlug]).toEqual(['key-and-header', 'pair']);

    upstream.answerOnce(echo);
    await tell(registry.testConnection(admin, compatible({ api_key: secret('failed') }), never));
    upstream.answerOnce({ chunks: [`You said ${secret('failed')}`] });
    await tell(registry.testConnection(admin, compatible({ api_key: secret('failed') }), never));
    await tell(registry.testConnection(admin, compatible({ api_key: secret('failed') }, 'x'.repeat(300)), never));
    await tell(registry.createModel(admin, saving(compatible({ api_key: secret('failed') }), 'ct_none')));
    await tell(registry.testModel(admin, slug, { credential: { api_key: secret('draft') } }, never));
    await tell(registry.testModel(admin, slug, { base_url: 'http://127.0.0.1:9/v1' }, never));
    await tell(registry.testModel(admin, 'openai/gpt-5.4', {}, never));
    await tell(registry.updateModel(admin, slug, { credential: { api_key: secret('replacement') } }));
    await tell(registry.updateModel(admin, slug, { credential: { api_key: 7, [secret('draft')]: secret('draft') } }));
    await tell(
      registry.updateModel(admin, slug, { credential: { api_key: `${secret('draft')}\n`, headers: { 'bad name': secret('draft') } } }),
    );
    await tell(registry.testModel(admin, slug, {}, never));
    const { organizationId } = admin;
    await tell(registry.listCredentials(organizationId));
    await tell(registry.listModels(organizationId, { limit: 50 }));
    for (const model of registry.listCallable(organizationId, null)) {
      const resolved = registry.resolve(organizationId, model.id);
      told.push(resolved, await resolved?.credential());
    }

    // The upstreams did get them: otherwise nothing was proven.
    const sent = toText([...upstream.requests, ...bedrock.requests].map(({ headers }) => headers));
    for (const field of ['api_key', 'header', 'bedrock_key', 'session_token', 'replacement', 'draft', 'failed', 'platform']) {
      expect(sent, field).toContain(secret(field));
    }
    const sinks = {
      tables: await dumpTables(setup.database),
      statements: toText(statements),
      told: toText(told),
      logged: toText(setup.logged),
      calls: toText(setup.calls),
    };
    // The search itself works: what may be seen is found.
    expect(sinks.tables).toContain('Key and header');
    expect(sinks.statements).toContain('Key and header');
    expect(sinks.told).toContain('Key and header');
    for (const [sink, text] of Object.entries(sinks)) {
      for (const field of fields) {
        for (const spelling of spellings(secret(field)))
          expect(text.includes(spelling), `${field} as ${spelling.slice(0, 12)}… in ${sink}`).toBe(false);
      }
    }
  });
});
