import { type Session, sessionSchema } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../testing/index.ts';

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ environment: { DATABASE_URL: database.url, TRUSTED_PROXIES: '127.0.0.0/8' } });
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
});

async function signIn(): Promise<ApiClient> {
  const browser = createApiClient(server.url);
  const { email, password } = server.admin;
  // Each from an address of its own, so that the tests do not share a limit.
  const headers = { 'x-forwarded-for': `203.0.113.${Math.floor(Math.random() * 250)}` };
  expect((await browser.call('POST', '/api/session', { body: { email, password }, headers })).status).toBe(201);
  return browser;
}

describe('the session cookie', () => {
  it('is HttpOnly and Lax, and opens what its member may see', async () => {
    const browser = createApiClient(server.url);
    const { email, password } = server.admin;
    const answer = await browser.call('POST', '/api/session', { body: { email: `  ${email.toUpperCase()} `, password } });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^pipelines_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text).not.toContain(browser.cookie.split('=')[1]);
    const session = sessionSchema.parse((await browser.call('GET', '/api/session')).json<Session>());
    expect(session.member).toMatchObject({ email, role: 'admin' });
  });

  it('is a new one with every sign-in, and none is fixed from outside', async () => {
    const first = await signIn();
    const { email, password } = server.admin;
    const again = await first.call('POST', '/api/session', { body: { email, password } });
    expect(again.status).toBe(201);
    const forged = createApiClient(server.url);
    const answer = await forged.call('GET', '/api/session', { headers: { cookie: `pipelines_session=${'A'.repeat(43)}` } });
    expect([answer.status, answer.code]).toEqual([401, 'unauthenticated']);
    const two = `${first.cookie}; pipelines_session=${'B'.repeat(43)}`;
    expect((await forged.call('GET', '/api/session', { headers: { cookie: two } })).status).toBe(401);
  });

  it('ends with sign-out, on the server too', async () => {
    const browser = await signIn();
    const { cookie } = browser;
    const answer = await browser.call('DELETE', '/api/session');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await createApiClient(server.url).call('GET', '/api/session', { headers: { cookie } })).status).toBe(401);
  });

  it('never authenticates under /v1', async () => {
    const browser = await signIn();
    const answer = await browser.call('GET', '/v1/models');
    expect([answer.status, answer.code]).toEqual([401, 'unauthenticated']);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="pipelines"');
  });
});

describe('a change that another site asks for', () => {
  const cases: readonly (readonly [string, Record<string, string>, number])[] = [
    ['cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['same-site, another port', { 'sec-fetch-site': 'same-site' }, 403],
    ['user-initiated', { 'sec-fetch-site': 'none' }, 403],
    ['foreign origin of an old browser', { origin: 'https://evil.example' }, 403],
    ['opaque origin', { origin: 'null' }, 403],
    ['forged forwarding', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:1' }, 201],
    ['no browser at all', {}, 201],
  ];

  it.each(cases)('%s', async (_, headers, status) => {
    const browser = await signIn();
    const answer = await browser.call('POST', '/api/api-keys', { body: { name: 'k' }, headers });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.code).toBe('cross_site_request');
  });

  it('is refused for signing in as well, and reading gets no CORS header', async () => {
    const { email, password } = server.admin;
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const login = await createApiClient(server.url).call('POST', '/api/session', { body: { email, password }, headers });
    expect([login.status, login.headers.get('set-cookie')]).toEqual([403, null]);
    const read = await (await signIn()).call('GET', '/api/session', { headers });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await createApiClient(server.url).call('OPTIONS', '/api/api-keys', { headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });

  it('does not concern API keys, which no browser sends by itself', async () => {
    const answer = await createApiClient(server.url, server.admin.apiKey).call('POST', '/api/api-keys', {
      body: { name: 'k' },
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' },
    });
    expect(answer.status).toBe(201);
  });
});

describe('guessing passwords', () => {
  it('locks the account, whatever addresses the tries claim to come from', async () => {
    const stranger = createApiClient(server.url);
    const body = { email: 'victim@example.com', password: 'wrong wrong wrong' };
    const statuses: number[] = [];
    for (let index = 0; index < 14; index += 1) {
      const headers = { 'x-forwarded-for': `198.51.100.${index}` };
      statuses.push((await stranger.call('POST', '/api/session', { body, headers })).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual(Array(4).fill(429));
    const answer = await stranger.call('POST', '/api/session', { body });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('locks an address that tries many accounts', async () => {
    const stranger = createApiClient(server.url);
    const headers = { 'x-forwarded-for': '192.0.2.66' };
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        stranger.call('POST', '/api/session', { body: { email: `a${index}@example.com`, password: 'wrong wrong wrong' }, headers }),
      ),
    );
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10);
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(50);
  });
});
