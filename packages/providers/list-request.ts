import type { ModelListCall, PreparedRequest, RawResponse } from './adapter.ts';

/** Asks for a list of models at `url`. */
export function listRequest({ authScheme, region }: ModelListCall, url: string, headers: Record<string, string> = {}): PreparedRequest {
  return { method: 'GET', url, headers: { accept: 'application/json', ...headers }, body: null, auth: authScheme, region, changes: [] };
}

/** The items of a list below `field`. A list is a convenience: one that cannot be read is empty. */
export function listItems<Item>({ body }: RawResponse, field: string): Item[] {
  let value: unknown = null;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // The parser's message quotes the list.
  }
  const list = ((value ?? {}) as Readonly<Record<string, unknown>>)[field];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : [];
}

/** A limit that a list tells; null where it is none. */
export function listedLimit(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
