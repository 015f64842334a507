import type { ApiKey } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { type FakeAnthropic, startFakeAnthropic } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerModel } from '../faults/testing/register-model.ts';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../testing/index.ts';
import { sendRaw } from '../testing/send-raw.ts';

let database: TestDatabase;
let provider: FakeAnthropic;
let server: TestServer;
let admin: ApiClient;
let anybody: ApiClient;

beforeAll(async () => {
  database = await createTestDatabase();
  provider = await startFakeAnthropic();
  const PROVIDER_BASE_URLS = JSON.stringify({ anthropic: provider.baseUrl });
  server = await startServer({ environment: { DATABASE_URL: database.url, PROVIDER_BASE_URLS } });
  admin = createApiClient(server.url, server.admin.apiKey);
  anybody = createApiClient(server.url);
});

afterAll(async () => {
  await server?.stop();
  await provider?.close();
  await database?.close();
});

const surfaces = ['/v1/models', '/api/models'];

describe.each(surfaces)('an API key at %s', (path) => {
  it.each([
    ['Bearer', (key: string) => ({ authorization: `Bearer ${key}` })],
    ['bearer, lower case', (key: string) => ({ authorization: `bearer ${key}` })],
    ['X-API-Key', (key: string) => ({ 'x-api-key': key })],
    ['the same in both headers', (key: string) => ({ authorization: `Bearer ${key}`, 'x-api-key': key })],
    ['X-API-Key, with a cookie that is nobody', (key: string) => ({ 'x-api-key': key, cookie: 'pipelines_session=x' })],
  ])('is taken as %s', async (_, headers) => {
    expect((await anybody.call('GET', path, { headers: headers(server.admin.apiKey) })).status).toBe(200);
  });

  it.each([
    ['two that differ', (key: string) => ({ authorization: `Bearer ${key}`, 'x-api-key': `ppl_${'0'.repeat(40)}` })],
    ['a good and a bad one', (key: string) => ({ authorization: 'Bearer x', 'x-api-key': key })],
    ['Basic', (key: string) => ({ authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` })],
    ['upper case', (key: string) => ({ authorization: `Bearer ${key.toUpperCase()}` })],
    ['one character off', (key: string) => ({ authorization: `Bearer ${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}` })],
    ['a prefix of it', (key: string) => ({ authorization: `Bearer ${key.slice(0, 30)}` })],
    ['10 KB', () => ({ authorization: `Bearer ${'ppl_'.padEnd(10_000, 'a')}` })],
    ['SQL', () => ({ authorization: "Bearer ' OR 1=1--" })],
    ['nothing', () => ({ authorization: 'Bearer ' })],
    ['the word null', () => ({ 'x-api-key': 'null' })],
  ])('is refused as %s, always in the same words', async (_, headers) => {
    const answer = await anybody.call('GET', path, { headers: headers(server.admin.apiKey) });
    expect([answer.status, answer.code]).toEqual([401, 'invalid_api_key']);
    expect(answer.text).not.toContain(server.admin.apiKey.slice(4, 20));
  });

  it('is refused twice in one request', async () => {
    const { apiKey } = server.admin;
    const other = `Bearer ppl_${'0'.repeat(40)}`;
    const answer = await sendRaw(
      server.port,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\nAuthorization: ${other}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('is not taken from the address or a cookie', async () => {
    const { apiKey } = server.admin;
    for (const query of [`?api_key=${apiKey}`, `?key=${apiKey}`, `?access_token=${apiKey}`]) {
      expect((await anybody.call('GET', path + query)).status).toBe(401);
    }
    for (const name of ['pipelines_session', 'api_key', 'Authorization']) {
      expect((await anybody.call('GET', path, { headers: { cookie: `${name}=${apiKey}` } })).status).toBe(401);
    }
  });
});

it('is asked for in the words of the caller where tokens are counted', async () => {
  const path = '/v1/messages/count_tokens';
  const refused = await anybody.call('POST', path, { body: {} });
  expect(refused.status).toBe(401);
  expect(refused.json()).toMatchObject({ type: 'error', error: { type: 'authentication_error', code: 'unauthenticated' } });
  expect((await admin.call('GET', path)).status).toBe(405);
  // What there is not under its path is told in the words of the Messages API, too.
  const missing = await admin.call('POST', '/v1/messages/batches', { body: {} });
  expect(missing.json()).toMatchObject({ type: 'error', error: { type: 'not_found_error', code: 'not_found' } });
  const body = { model: 'nobody', messages: [{ role: 'user', content: 'Hi' }] };
  const unknown = await admin.call('POST', `${path}?beta=true`, { body });
  expect([unknown.status, unknown.json()]).toMatchObject([404, { type: 'error', error: { type: 'not_found_error' } }]);
});

it('counts the tokens of a prompt', async () => {
  const connection = {
    provider: 'anthropic',
    auth_kind: 'api_key',
    provider_model_id: 'claude-sonnet-4-5',
    credential: { api_key: 'sk-any' },
  };
  const model = await registerModel(admin, connection, { display_name: 'Counted' });
  const { key } = (await admin.call('POST', '/api/api-keys', { body: { name: 'Counter' } })).json<{ key: string }>();
  const body = { model, system: 'Be very brief.', messages: [{ role: 'user', content: 'Hello there' }] };
  const counted = await createApiClient(server.url, key).call('POST', '/v1/messages/count_tokens?beta=true', { body });
  expect([counted.status, counted.json()]).toEqual([200, { input_tokens: 5 }]);
  expect(counted.headers.get('request-id')).toBe(counted.headers.get('x-request-id'));
  expect(provider.requests.at(-1)?.headers).toMatchObject({ 'x-api-key': 'sk-any' });
});

describe('the life of a key', () => {
  it('is shown once, works at once, and ends at once when it is revoked', async () => {
    const created = (await admin.call('POST', '/api/api-keys', { body: { name: 'CI' } })).json<ApiKey & { key: string }>();
    const program = createApiClient(server.url, created.key);
    expect((await program.call('GET', '/v1/models')).status).toBe(200);
    expect((await admin.call('GET', '/api/api-keys')).text).not.toContain(created.key);
    expect((await admin.call('DELETE', `/api/api-keys/${created.id}`)).status).toBe(204);
    const refused = await program.call('GET', '/v1/models');
    expect([refused.status, refused.code]).toEqual([401, 'invalid_api_key']);
    expect((await admin.call('DELETE', `/api/api-keys/${created.id}`)).status).toBe(204);
  });

  it('reaches only /v1 with the role inference', async () => {
    const { key } = (await admin.call('POST', '/api/api-keys', { body: { name: 'CI' } })).json<{ key: string }>();
    const program = createApiClient(server.url, key);
    expect((await program.call('GET', '/api/models')).code).toBe('forbidden');
    expect((await program.call('GET', '/api/session')).code).toBe('forbidden');
  });

  it('never reaches the log', () => {
    expect(server.logLines.join('')).not.toMatch(/ppl_[0-9a-f]{8}/);
  });
});

describe('GET /metrics', () => {
  it('is open to this machine, but not to what a proxy brings', async () => {
    expect((await anybody.call('GET', '/metrics')).status).toBe(200);
    const proxied = { 'x-forwarded-for': '203.0.113.9' };
    expect((await anybody.call('GET', '/metrics', { headers: proxied })).status).toBe(401);
    expect((await anybody.call('GET', '/metrics', { headers: { ...proxied, 'x-api-key': server.admin.apiKey } })).status).toBe(200);
  });

  it('has patterns of routes as labels, never addresses', async () => {
    await admin.call('GET', '/api/models/some-secret-name');
    const { text } = await anybody.call('GET', '/metrics');
    expect(text).toContain('pipelines_http_requests_total{route="/api/models/{slug}",method="GET",status="404"}');
    expect(text).not.toContain('some-secret-name');
  });
});
