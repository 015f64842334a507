import { maxToolsOfEndpoint } from '@pipelines/contracts';
import type { Discovered, DiscoveredTool } from '../tool-protocol.ts';
import type { Operation, OperationParameter } from './operation.ts';
import { isRecord } from './read-document.ts';
import { resolveReferences } from './resolve-references.ts';

type Json = Readonly<Record<string, unknown>>;
const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;
/** Framed by us, or by the credential; OpenAPI itself says to ignore the first three. */
const ownHeaders = new Set(['accept', 'content-type', 'authorization', 'cookie', 'host', 'content-length', 'idempotency-key']);

/** The operations of a document as tools. Those that cannot be called with JSON are counted. */
export function listOperations(document: Json): Discovered {
  const tools = new Map<string, DiscoveredTool>();
  let leftOut = 0;
  for (const [path, item] of Object.entries(document.paths as Json)) {
    const ways = resolveItem(document, item);
    for (const method of methods) {
      const operation = ways[method];
      if (!isRecord(operation)) continue;
      const tool = toTool(document, path, method, ways, operation);
      if (tool === null || tools.size >= maxToolsOfEndpoint) leftOut += 1;
      else {
        const name = freeName(tool.name, tools);
        tools.set(name, { ...tool, name });
      }
    }
  }
  return { tools: [...tools.values()], leftOut, suggestedUrl: readServer(document) };
}

function resolveItem(document: Json, item: unknown): Json {
  if (!isRecord(item)) return {};
  const resolved = typeof item.$ref === 'string' ? resolveReferences(document, item) : item;
  return isRecord(resolved) ? resolved : {};
}

function toTool(document: Json, path: string, method: (typeof methods)[number], item: Json, operation: Json): DiscoveredTool | null {
  const body = readBody(document, operation.requestBody);
  if (body === 'not_json' || !path.startsWith('/')) return null;
  const found = [...readParameters(document, item.parameters), ...readParameters(document, operation.parameters)];
  // One of the operation replaces that of the path.
  const last = new Map(found.map((each) => [`${each.in} ${each.name}`, each]));
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  const parameters: OperationParameter[] = [];
  for (const each of last.values()) {
    const argument = Object.hasOwn(properties, each.name) || each.name === 'body' ? `${each.name}_${each.in}` : each.name;
    properties[argument] = each.schema;
    if (each.required) required.push(argument);
    parameters.push({ argument, name: each.name, in: each.in, explode: each.explode, deep: each.deep });
  }
  if (body !== null) {
    properties.body = body.schema;
    if (body.required) required.push('body');
  }
  const call: Operation = {
    method: method.toUpperCase() as Operation['method'],
    path,
    parameters,
    body: body === null ? null : 'body',
  };
  return {
    name: nameOf(path, method, operation),
    description: [operation.summary, operation.description].filter((text) => typeof text === 'string' && text !== '').join('\n'),
    inputSchema: { type: 'object', properties, ...(required.length > 0 && { required }) },
    operation: call,
  };
}

interface FoundParameter {
  readonly name: string;
  readonly in: OperationParameter['in'];
  readonly required: boolean;
  readonly explode: boolean;
  readonly deep: boolean;
  readonly schema: unknown;
}

function readParameters(document: Json, list: unknown): FoundParameter[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each): FoundParameter[] => {
    const parameter = resolveReferences(document, each);
    if (!isRecord(parameter)) return [];
    const { name, in: place, required, description, style, explode } = parameter;
    if (typeof name !== 'string' || (place !== 'path' && place !== 'query' && place !== 'header')) return [];
    if (place === 'header' && (ownHeaders.has(name.toLowerCase()) || !/^[A-Za-z0-9-]{1,64}$/.test(name))) return [];
    const schema = isRecord(parameter.schema) ? parameter.schema : {};
    return [
      {
        name,
        in: place,
        required: place === 'path' || required === true,
        explode: typeof explode === 'boolean' ? explode : place === 'query',
        deep: style === 'deepObject',
        schema: typeof description === 'string' && schema.description === undefined ? { ...schema, description } : schema,
      },
    ];
  });
}

function readBody(document: Json, given: unknown): { readonly schema: unknown; readonly required: boolean } | 'not_json' | null {
  const body = resolveReferences(document, given);
  if (!isRecord(body) || !isRecord(body.content)) return null;
  const json = Object.entries(body.content).find(([type]) => /^application\/(?:[\w.+-]+\+)?json\b/i.test(type));
  if (json === undefined) return body.required === true ? 'not_json' : null;
  return { schema: (isRecord(json[1]) ? json[1].schema : undefined) ?? {}, required: body.required === true };
}

function nameOf(path: string, method: string, { operationId }: Json): string {
  const text = typeof operationId === 'string' && operationId !== '' ? operationId : `${method}${path}`;
  const name = text
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  return name === '' ? method : name;
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(name)) return name;
  for (let count = 2; ; count += 1) if (!taken.has(`${name}_${count}`)) return `${name}_${count}`;
}

/** The first server, where it is a whole address. */
function readServer({ servers }: Json): string | null {
  const first = Array.isArray(servers) && isRecord(servers[0]) ? servers[0].url : null;
  return typeof first === 'string' && /^https?:\/\/[^{}]+$/.test(first) ? first : null;
}
