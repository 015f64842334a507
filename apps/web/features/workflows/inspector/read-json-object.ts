/** A JSON object out of text, or why it is none. */
export type ReadObject =
  | { readonly value: Record<string, unknown>; readonly error: null }
  | { readonly value: null; readonly error: string };

export function readJsonObject(text: string): ReadObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { value: null, error: `Not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { value: null, error: 'A JSON object, such as {"type": "object"}' };
  return { value: value as Record<string, unknown>, error: null };
}
