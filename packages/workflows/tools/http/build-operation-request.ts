import { textOf } from '@pipelines/contracts';
import type { EgressRequest } from '@pipelines/egress';
import { isWithin } from './is-within.ts';
import type { Operation, OperationParameter } from './operation.ts';

/** Why arguments make no request: a sentence for the model. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

type BuiltRequest = Pick<EgressRequest, 'method' | 'headers'> & { readonly url: string; readonly body?: string };

/** The request of an operation, beneath the endpoint's address and nowhere else. @throws ArgumentError */
export function buildOperationRequest(baseUrl: string, operation: Operation, args: Readonly<Record<string, unknown>>): BuiltRequest {
  const given = (parameter: OperationParameter) => (Object.hasOwn(args, parameter.argument) ? (args[parameter.argument] ?? null) : null);
  let path = operation.path;
  const query = new URLSearchParams();
  const headers: Record<string, string> = { accept: 'application/json, text/*;q=0.9, */*;q=0.1' };
  for (const parameter of operation.parameters) {
    const value = given(parameter);
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, pathPart(parameter, value));
    else if (value === null) continue;
    else if (parameter.in === 'query') addToQuery(query, parameter, value);
    else headers[parameter.name.toLowerCase()] = headerText(parameter, value);
  }
  const search = query.toString();
  const url = `${baseUrl}${path}${search === '' ? '' : `?${search}`}`;
  if (!isWithin(baseUrl, url)) throw new ArgumentError('These arguments lead out of the service.');
  const body = operation.body !== null && Object.hasOwn(args, operation.body) ? JSON.stringify(args[operation.body]) : undefined;
  if (body !== undefined) headers['content-type'] = 'application/json';
  return { method: operation.method, url, headers, ...(body !== undefined && { body }) };
}

function pathPart({ argument }: OperationParameter, value: unknown): string {
  const text = Array.isArray(value) ? value.map(textOf).join(',') : textOf(value);
  if (text === '') throw new ArgumentError(`"${argument}" is required.`);
  // A parser takes these for steps along the path, however they are escaped.
  if (text === '.' || text === '..') throw new ArgumentError(`"${argument}" cannot be "${text}".`);
  return encodeURIComponent(text);
}

function addToQuery(query: URLSearchParams, { name, explode, deep }: OperationParameter, value: unknown): void {
  if (Array.isArray(value)) {
    if (explode) for (const each of value) query.append(name, textOf(each));
    else query.append(name, value.map(textOf).join(','));
  } else if (typeof value === 'object' && value !== null && (deep || explode)) {
    for (const [key, each] of Object.entries(value)) query.append(deep ? `${name}[${key}]` : key, textOf(each));
  } else query.append(name, textOf(value));
}

function headerText({ argument }: OperationParameter, value: unknown): string {
  const text = Array.isArray(value) ? value.map(textOf).join(',') : textOf(value);
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new ArgumentError(`"${argument}" is sent as a header, which takes visible ASCII characters only.`);
  return text;
}
