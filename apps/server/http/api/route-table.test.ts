import { defineRoute, type RouteContract } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildOpenApi } from './build-openapi.ts';
import { buildRouteTable, contractRoutes, type RawRoute, RouteTableError } from './route-table.ts';

const list = defineRoute({
  operationId: 'listThings',
  method: 'get',
  path: '/api/things/{id}',
  permission: 'models:read',
  summary: 'Things',
  tag: 'Things',
  params: z.object({ id: z.string() }),
  success: { status: 200, schema: z.object({ data: z.array(z.string()) }) },
});
const handle = async () => ({ data: [] });
const raw: RawRoute = {
  operationId: 'streamThings',
  method: 'post',
  path: '/api/things',
  permission: 'models:call',
  summary: 'Stream',
  handle: () => undefined,
};

describe('the route table', () => {
  it('takes one handler for each route', () => {
    expect(buildRouteTable({ listThings: list }, [{ listThings: handle }], [raw])).toHaveLength(2);
  });

  const refusals: readonly (readonly [string, Record<string, RouteContract>, Record<string, unknown>[], RawRoute[], RegExp])[] = [
    ['without a handler', { listThings: list }, [], [], /listThings has 0 handlers/],
    ['with two handlers', { listThings: list }, [{ listThings: handle }, { listThings: handle }], [], /listThings has 2 handlers/],
    ['of a handler without a route', {}, [{ forgotten: handle }], [], /forgotten is handled, but is no route/],
    [
      'without a permission',
      { listThings: { ...list, permission: undefined as never } },
      [{ listThings: handle }],
      [],
      /listThings names no permission/,
    ],
    [
      'with a permission that nobody knows',
      { listThings: { ...list, permission: 'god' as never } },
      [{ listThings: handle }],
      [],
      /names no permission/,
    ],
    ['that streams, without a permission', {}, [], [{ ...raw, permission: '' as never }], /streamThings names no permission/],
    [
      'declared twice under other names',
      { listThings: list, listOthers: { ...list, operationId: 'listOthers', path: '/api/things/{slug}' } },
      [{ listThings: handle, listOthers: handle }],
      [],
      /GET \/api\/things\/\{\} is declared twice/,
    ],
  ];

  it.each(refusals)('refuses a route %s', (_, contracts, groups, raws, message) => {
    expect(() => buildRouteTable(contracts, groups, raws)).toThrow(RouteTableError);
    expect(() => buildRouteTable(contracts, groups, raws)).toThrow(message);
  });

  it('knows every route of the contracts', () => {
    expect(Object.keys(contractRoutes()).length).toBeGreaterThan(30);
    for (const [name, route] of Object.entries(contractRoutes())) expect(route.operationId).toBe(name);
  });
});

describe('the OpenAPI document', () => {
  it('describes every route with its schemas, access and errors', () => {
    const contracts = contractRoutes();
    const table = buildRouteTable(contracts, [Object.fromEntries(Object.keys(contracts).map((name) => [name, handle]))], []);
    const document = buildOpenApi(table, '1') as { openapi: string; paths: Record<string, Record<string, Record<string, unknown>>> };
    expect(document.openapi).toBe('3.1.0');
    for (const route of Object.values(contracts)) {
      const operation = document.paths[route.path]?.[route.method];
      expect(operation?.['x-permission']).toBe(route.permission);
      expect('requestBody' in (operation ?? {})).toBe(route.body !== undefined);
      expect(Object.keys(operation?.responses as object)).toContain(String(route.success.status));
    }
    const tasks = document.paths['/api/workflows/{id}/tasks']?.post as { requestBody: { content: object } };
    expect(Object.keys(tasks.requestBody.content)).toEqual(['application/json', 'text/csv']);
    expect(document.paths['/api/models/{slug}']?.get?.parameters).toMatchObject([{ name: 'slug', in: 'path', required: true }]);
  });
});
