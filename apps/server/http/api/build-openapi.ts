import { errorRegistry, type RouteContract } from '@pipelines/contracts';
import { z } from 'zod';
import type { TableEntry } from './route-table.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of everything in the route table. Its schemas are JSON Schema 2020-12, which 3.1 speaks as it is. */
export function buildOpenApi(table: readonly TableEntry[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const entry of table) {
    const { path, method } = entry.route;
    paths[path] = { ...paths[path], [method]: entry.kind === 'contract' ? describeContract(entry.route) : describeRaw(entry.route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Pipelines', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: problemSchema() },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: ppl_ and 40 lower-case hex digits.' },
        session: { type: 'apiKey', in: 'cookie', name: 'pipelines_session', description: 'A signed-in browser.' },
      },
    },
  };
}

function describeContract(route: RouteContract): Json {
  const parameters = [...describeParameters(route.params, 'path'), ...describeParameters(route.query, 'query')];
  const { success } = route;
  const answer =
    'schema' in success
      ? describeContent(success.schema, 'output', success.csv)
      : 'events' in success
        ? { content: { 'text/event-stream': { schema: toSchema(success.events, 'output') } } }
        : {};
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    ...describeAccess(route.permission),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, ...describeContent(route.body, 'input', route.csvBody) } } : {}),
    responses: { [success.status]: { description: 'Success', ...answer }, ...describeErrors(route) },
  };
}

function describeRaw({ operationId, summary, permission }: Extract<TableEntry, { kind: 'raw' }>['route']): Json {
  return {
    operationId,
    summary,
    ...describeAccess(permission),
    responses: { 200: { description: 'Success' }, default: problemReference() },
  };
}

function describeAccess(permission: string): Json {
  return { security: permission === 'public' ? [] : [{ apiKey: [] }, { session: [] }], 'x-permission': permission };
}

function describeErrors(route: RouteContract): Json {
  const byStatus = new Map<number, string[]>();
  for (const code of route.errors ?? []) {
    const { status, title } = errorRegistry[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${title}`]);
  }
  const named = [...byStatus].map(([status, lines]) => [status, { ...problemReference(), description: lines.join(' ') }]);
  return { ...Object.fromEntries(named), default: problemReference() };
}

function problemReference(): Json {
  return { description: 'An error', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

function problemSchema(): Json {
  const text = { type: 'string' };
  const fields = { type: 'array', items: { type: 'object', properties: { field: text, message: text }, required: ['field', 'message'] } };
  const code = { type: 'string', enum: Object.keys(errorRegistry) };
  const properties = {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code,
    fix: text,
    errors: fields,
    request_id: text,
  };
  return { type: 'object', properties, required: Object.keys(properties) };
}

/** JSON, and a CSV where the route takes or gives one. */
function describeContent(schema: z.ZodType, io: 'input' | 'output', csv: true | undefined): Json {
  const asCsv = csv ? { 'text/csv': { schema: { type: 'string' } } } : {};
  return { content: { 'application/json': { schema: toSchema(schema, io) }, ...asCsv } };
}

function describeParameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
