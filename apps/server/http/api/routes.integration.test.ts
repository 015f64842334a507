import { isAllowed, type KeyRole, keyRoles, type RouteContract } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../../testing/index.ts';
import { contractRoutes } from './route-table.ts';

const routes = Object.values(contractRoutes());
const guarded = routes.filter(({ permission }) => permission !== 'public');
const withBody = routes.filter(({ body }) => body !== undefined);
const withParams = routes.filter(({ params }) => params !== undefined);
const foreignId = '01890000-0000-7000-8000-000000000000';

let database: TestDatabase;
let server: TestServer;
let admin: ApiClient;
const keys = {} as Record<KeyRole, ApiClient>;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  admin = createApiClient(server.url, server.admin.apiKey);
  for (const role of keyRoles) {
    const created = await admin.call('POST', '/api/api-keys', { body: { name: role, role } });
    keys[role] = createApiClient(server.url, created.json<{ key: string }>().key);
  }
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
});

/** The address of a route about things that do not exist, or that belong to others. */
function addressOf({ path }: RouteContract, id = foreignId): string {
  return path.replace('{provider}', 'fireworks').replace(/\{\w+\}/g, id);
}

const bodyFor = (route: RouteContract) => (route.body ? { body: {} } : {});
const title = ({ method, path }: RouteContract) => `${method.toUpperCase()} ${path}`;

describe('without credentials', () => {
  it.each(guarded.map((route) => [title(route), route] as const))('%s answers 401', async (_, route) => {
    const answer = await createApiClient(server.url).call(route.method.toUpperCase(), addressOf(route), bodyFor(route));
    expect([answer.status, answer.code]).toEqual([401, 'unauthenticated']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{24}$/);
  });
});

describe.each(keyRoles)('with a key of the role %s', (role) => {
  it.each(guarded.map((route) => [title(route), route] as const))('%s', async (_, route) => {
    const answer = await keys[role].call(route.method.toUpperCase(), addressOf(route), bodyFor(route));
    if (isAllowed(role, route.permission)) expect(answer.status).not.toBe(401);
    else expect([answer.status, answer.code]).toEqual([403, 'forbidden']);
    expect(answer.status).toBeLessThan(500);
  });
});

describe('a success', () => {
  const lists = guarded.filter(({ method, params, tag }) => method === 'get' && params === undefined && tag !== 'Sessions');

  it.each(lists.map((route) => [title(route), route] as const))('%s has the declared shape', async (_, route) => {
    const answer = await admin.call('GET', route.path);
    expect(answer.status).toBe(route.success.status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    if ('schema' in route.success) expect(route.success.schema.safeParse(answer.json()).error).toBeUndefined();
  });
});

describe('things of others, and what is no ID at all', () => {
  const ids = [foreignId, 'x', '%00', '%2e%2e%2f', "'%20OR%201=1--", '__proto__', 'constructor', 'a'.repeat(400), '%F0%9F%92%A9', '%zz'];
  const addressed = withParams.filter(({ operationId }) => operationId !== 'listProviderModels' && operationId !== 'listDependents');

  it.each(addressed.map((route) => [title(route), route] as const))('%s answers 404 or names the field', async (_, route) => {
    for (const id of ids) {
      const answer = await admin.call(route.method.toUpperCase(), addressOf(route, id), bodyFor(route));
      // An empty PATCH of nothing, or a test of nothing, may be refused for its body first; nothing else is.
      expect([400, 403, 404], `${id}: ${answer.text}`).toContain(answer.status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
  });
});

describe('bad bodies', () => {
  const bodies: readonly (readonly [string, string, readonly number[]])[] = [
    ['empty', '', [400]],
    ['no JSON', '{"a":', [400]],
    ['a list', '[]', [400]],
    ['a string', '"x"', [400]],
    ['null', 'null', [400]],
    ['a number', '7', [400]],
    ['invalid UTF-8 as text', '"\ud800"', [400]],
    ['an unknown field', '{"no_such_field":1}', [400]],
    ['another tenant', '{"organization_id":"x","role":"owner"}', [400]],
    ['wrong types', '{"name":[],"email":{},"password":1,"token":null,"provider":{},"slug":[],"role":7,"display_name":false}', [400]],
    ['a prototype', '{"__proto__":{"polluted":true}}', [400]],
    ['a prototype, deep', '{"credential":{"__proto__":{"polluted":true}}}', [400]],
    ['a constructor', '{"constructor":{"prototype":{"polluted":true}}}', [400]],
    ['half a character', '{"name":"\\ud800","display_name":"\\udc00"}', [400]],
    ['a NUL', '{"name":"a\\u0000b","display_name":"\\u0000"}', [400]],
    ['too deep', `${'['.repeat(100)}${']'.repeat(100)}`, [400]],
  ];

  it.each(withBody.map((route) => [title(route), route] as const))('%s refuses each of them in words', async (_, route) => {
    for (const [name, text, statuses] of bodies) {
      const answer = await admin.call(route.method.toUpperCase(), addressOf(route), { text });
      const problem = answer.json<{ detail: string; fix: string; request_id: string }>();
      // A change of nothing is nothing to refuse: then the thing itself is missing.
      expect([...statuses, ...(text === '{}' ? [404] : [])], `${name}: ${answer.text}`).toContain(answer.status);
      expect(problem.detail.length).toBeGreaterThan(5);
      expect(problem.fix.length).toBeGreaterThan(5);
      expect(problem.request_id).toBe(answer.headers.get('x-request-id'));
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(withBody.map((route) => [title(route), route] as const))('%s refuses more than it says', async (_, route) => {
    const text = JSON.stringify({ name: 'x'.repeat((route.maxBodyBytes ?? 1_000_000) + 1) });
    const answer = await admin.call(route.method.toUpperCase(), addressOf(route), { text });
    expect([answer.status, answer.code]).toEqual([413, 'body_too_large']);
  });

  it.each(withBody.map((route) => [title(route), route] as const))('%s takes JSON only', async (_, route) => {
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp']) {
      const answer = await admin.call(route.method.toUpperCase(), addressOf(route), {
        text: '{}',
        headers: { 'content-type': contentType },
      });
      expect([answer.status, answer.code]).toEqual([415, 'unsupported_media_type']);
    }
  });

  it('says every wrong field at once', async () => {
    const answer = await admin.call('POST', '/api/api-keys', { body: { name: '', role: 'root', extra: 1 } });
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect(errors.map(({ field }) => field).sort()).toEqual(['extra', 'name', 'role']);
  });
});

describe('bad queries and methods', () => {
  it.each(['/api/models', '/api/attempts', '/api/audit-log'])('%s bounds limit and cursor', async (path) => {
    for (const query of ['limit=0', 'limit=1000000', 'limit=x', 'limit=1&limit=2', `cursor=${'x'.repeat(600)}`]) {
      expect((await admin.call('GET', `${path}?${query}`)).status, query).toBe(400);
    }
    expect((await admin.call('GET', `${path}?slug=%00&search=%00`)).status).toBe(400);
    for (const cursor of ['x', '%00', "'", foreignId, '%F0%9F%92%A9']) {
      expect((await admin.call('GET', `${path}?cursor=${cursor}`)).status, cursor).toBeLessThan(500);
    }
  });

  it('answers 405 with what is allowed', async () => {
    const answer = await admin.call('PUT', '/api/models', { body: {} });
    expect([answer.status, answer.code, answer.headers.get('allow')]).toEqual([405, 'method_not_allowed', 'GET, POST']);
  });
});

it('still lives after all of it, on the same process', async () => {
  expect((await admin.call('GET', '/readyz')).status).toBe(200);
  expect(server.logLines.join('')).not.toContain('internal_error');
  expect(server.logLines.filter((line) => line.includes('request_failed'))).toEqual([]);
});
