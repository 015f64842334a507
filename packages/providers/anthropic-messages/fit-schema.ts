type Schema = Readonly<Record<string, unknown>>;

/** Limits that Anthropic refuses in a schema: it does not enforce them. */
const unenforced = new Set([
  '$schema',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]);
const mapsOfSchemas = ['properties', '$defs', 'definitions'];
const listsOfSchemas = ['anyOf', 'allOf', 'oneOf'];

/**
 * A schema as structured answers want it there: every object closed, and without the limits that are
 * refused. What is left out is told by its name.
 */
export function fitSchema(schema: Schema): { readonly schema: Schema; readonly left: ReadonlySet<string> } {
  const left = new Set<string>();
  return { schema: fit(schema, left), left };
}

function fit(schema: Schema, left: Set<string>): Schema {
  const fitted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (unenforced.has(key) || (key === 'minItems' && value !== 0 && value !== 1)) {
      if (key !== '$schema') left.add(key);
    } else if (mapsOfSchemas.includes(key) && isObject(value)) {
      fitted[key] = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fitAny(inner, left)]));
    } else if (listsOfSchemas.includes(key) && Array.isArray(value)) {
      // One of several alternatives is written as any of them there.
      fitted[key === 'oneOf' ? 'anyOf' : key] = value.map((inner) => fitAny(inner, left));
    } else fitted[key] = key === 'items' ? fitAny(value, left) : value;
  }
  if (schema.type === 'object' || isObject(schema.properties)) fitted.additionalProperties = false;
  return fitted;
}

function fitAny(value: unknown, left: Set<string>): unknown {
  return isObject(value) ? fit(value, left) : value;
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
