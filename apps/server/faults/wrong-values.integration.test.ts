import type { RouteContract } from '@pipelines/contracts';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { contractRoutes } from '../http/api/route-table.ts';
import { type ApiClient, createApiClient, startServer, type TestServer } from '../testing/index.ts';

let database: TestDatabase;
let server: TestServer;
let admin: ApiClient;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ environment: { DATABASE_URL: database.url } });
  admin = createApiClient(server.url, server.admin.apiKey);
});

afterAll(async () => {
  await server?.stop();
  await database?.close();
});

/** Whatever a field is for, most of these are not it; what is taken by chance must still not break anything. */
const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, '', ' ', 'x', '\u0000', '\ud800', "'; drop table models;--", '%'],
  ...['x'.repeat(9_000), [], [[]], [null], {}, { '': '' }, { constructor: { prototype: {} } }, { toString: 1 }, { $gt: '' }, '../../x?y#z'],
];

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
}

/** Every variant of a body: its fixed fields, and the names of all. */
function variantsOf(schema: JsonSchema): { readonly fixed: Record<string, unknown>; readonly names: readonly string[] }[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.flatMap(variantsOf);
  const properties = Object.entries(schema.properties ?? {});
  const fixed = Object.fromEntries(properties.flatMap(([name, { const: value }]) => (value === undefined ? [] : [[name, value]])));
  return [{ fixed, names: properties.map(([name]) => name) }];
}

const withBody = Object.values(contractRoutes()).filter(({ body }) => body !== undefined);
const title = ({ method, path }: RouteContract) => `${method.toUpperCase()} ${path}`;

it.each(withBody.map((route) => [title(route), route] as const))('%s answers every wrong value of every field', async (_, route) => {
  const address = route.path.replace('{provider}', 'fireworks').replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');
  const schema = z.toJSONSchema(route.body ?? z.never(), { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const variants = variantsOf(schema);
  expect(variants.flatMap(({ names }) => names).length).toBeGreaterThan(0);
  for (const { fixed, names } of variants) {
    for (const name of names) {
      const answer = async (value: unknown) => {
        const answered = await admin.call(route.method.toUpperCase(), address, { body: { ...fixed, [name]: value } });
        return { ...answered, what: `${name}: ${JSON.stringify(value).slice(0, 60)} → ${answered.text.slice(0, 300)}` };
      };
      for (const { status, headers, code, what } of await Promise.all(values.map(answer))) {
        expect(status, what).toBeLessThan(500);
        if (status < 400) continue;
        expect(headers.get('content-type'), what).toBe('application/problem+json');
        expect(code, what).toMatch(/^[a-z_]+$/);
      }
    }
  }
});

it('lives on, with nothing unexpected in its log', async () => {
  expect((await admin.call('GET', '/readyz')).status).toBe(200);
  expect(server.logLines.filter((line) => /request_failed|task_failed/.test(line))).toEqual([]);
});
