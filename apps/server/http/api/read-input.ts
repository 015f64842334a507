import type { IncomingMessage } from 'node:http';
import { type FieldError, PipelinesError, type RouteContract } from '@pipelines/contracts';
import type { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { readBody } from '../read-body.ts';

/** Most bodies are credentials, names, settings; a route that takes more says so. */
const maxBodyBytes = 1_000_000;
/** A larger body gets as much more time. */
const bodyTimeoutMs = (maxBytes: number) => 20_000 + (maxBytes - maxBodyBytes) / 200;

export interface RouteInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Reads and checks what a route takes. @throws PipelinesError `invalid_request` with every wrong field, and the errors of reading a body */
export async function readInput(
  route: RouteContract,
  request: IncomingMessage,
  rawParams: Readonly<Record<string, string>>,
  rawQuery: URLSearchParams,
): Promise<RouteInput> {
  // The database cannot keep a NUL, so nothing is named by one.
  if (Object.values(rawParams).some((value) => value.includes('\0'))) throw new PipelinesError('not_found');
  return {
    params: route.params ? check(route.params, rawParams, 'not_found') : undefined,
    query: route.query ? check(route.query, readQuery(rawQuery)) : undefined,
    body: route.body ? await readRouteBody(route, route.body, request) : undefined,
  };
}

/** The checked body; of a route that takes a CSV, and gets one, its bytes. */
async function readRouteBody(route: RouteContract, schema: z.ZodType, request: IncomingMessage): Promise<unknown> {
  const isCsv = route.csvBody === true && mediaType(request) === 'text/csv';
  if (!isCsv) requireJson(request);
  const maxBytes = route.maxBodyBytes ?? maxBodyBytes;
  const bytes = await readBody(request, { maxBytes, timeoutMs: bodyTimeoutMs(maxBytes) });
  return isCsv ? bytes : check(schema, parseJson(bytes));
}

/** Forms and plain text can be sent across sites without asking; JSON cannot. @throws PipelinesError `unsupported_media_type` */
export function requireJson(request: IncomingMessage): void {
  if (mediaType(request) !== 'application/json') throw new PipelinesError('unsupported_media_type');
}

function mediaType(request: IncomingMessage): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

function readQuery(raw: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of raw) {
    if (name in query) throw new PipelinesError('invalid_request', { fields: [{ field: nameField(name), message: 'Given twice' }] });
    if (value.includes('\0'))
      throw new PipelinesError('invalid_request', { fields: [{ field: nameField(name), message: 'No NUL characters' }] });
    query[name] = value;
  }
  return { ...query };
}

function check(schema: z.ZodType, value: unknown, code: 'invalid_request' | 'not_found' = 'invalid_request'): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (code === 'not_found') throw new PipelinesError('not_found');
  throw new PipelinesError('invalid_request', { fields: parsed.error.issues.flatMap(toFieldErrors).slice(0, 50) });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(nameField);
  if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ field: [...path, nameField(key)].join('.'), message: 'There is no such field' }));
}

/** A field as the answer names it. What does not look like a name may be a secret in the wrong place, so it is not repeated. */
function nameField(key: PropertyKey): string {
  const name = String(key);
  return /^(?:[A-Za-z_-]{1,40}|\d{1,4})$/.test(name) ? name : '(a field with an unusual name)';
}
