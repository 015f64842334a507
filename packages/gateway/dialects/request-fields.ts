import { PipelinesError } from '@pipelines/contracts';

export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as an object; one without fields where it is none. */
export function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

/** What of a list are objects; nothing where it is none. */
export function objectsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A value as text; an empty one where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What a request asks for and we do not do. `what` is a sentence. */
export function unsupported(param: string, what: string, fix: string): PipelinesError {
  return new PipelinesError('unsupported_parameter', { detail: what, fix, param });
}
