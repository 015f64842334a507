/** A JSON Schema of draft 2020-12, or the older ones where they agree: `true`, `false`, or an object of keywords. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keywords whose value is one schema. */
export const schemaKeywords = ['additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else'] as const;
/** Keywords whose value is a list of schemas. */
export const schemaListKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
/** Keywords whose value is an object of schemas, by names of the author's own. */
export const schemaMapKeywords = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'] as const;

/** The part of the schema that a local reference such as `#/$defs/address` names; undefined where there is none. */
export function followReference(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let part: unknown = root;
  for (const token of reference.split('/').slice(1)) {
    const key = decodeToken(token);
    if (key === null || typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return undefined;
    part = (part as Record<string, unknown>)[key];
  }
  return typeof part === 'boolean' || isJsonObject(part) ? part : undefined;
}

function decodeToken(token: string): string | null {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return null;
  }
}
