import { isJsonObject } from './json-schema.ts';

/** A JSON value as text: equal values give equal texts, whatever the order of their keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isJsonObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
  );
}
