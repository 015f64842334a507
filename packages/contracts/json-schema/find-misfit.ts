import { canonicalText } from './canonical-text.ts';
import { followReference, isJsonObject, type JsonObject, type JsonSchema } from './json-schema.ts';
import { matchNumber, matchText } from './match-scalar.ts';

/** The first place of a value that does not fit its schema. */
export interface Misfit {
  /** As a JSON path: `$`, `$.items[0].name`. */
  readonly path: string;
  /** Of our own: names of the schema may stand in it, contents of the value never. */
  readonly message: string;
}

export interface MisfitOptions {
  /** Whether a text has a match of a pattern. Where untrusted schemas are checked it must not backtrack. */
  readonly matches: (pattern: string, text: string) => boolean;
}

/** More than any answer needs: a schema can be written so that checking it would take forever. */
const maxVisits = 200_000;
const maxDepth = 200;

/**
 * Checks a JSON value against a schema that `checkJsonSchema` has passed; null when it fits. Nothing is compiled or
 * evaluated. `format` and unknown keywords are annotations, as the standard says.
 */
export function findMisfit(schema: JsonSchema, value: unknown, { matches }: MisfitOptions): Misfit | null {
  let visits = 0;
  return visit(schema, value, '$', 0);

  function visit(part: JsonSchema, value: unknown, path: string, depth: number): Misfit | null {
    visits += 1;
    if (visits > maxVisits || depth > maxDepth) throw new TooMuchToCheck();
    if (part === true) return null;
    if (part === false) return { path, message: 'must not be there' };
    return (
      visitReference(part, value, path, depth) ??
      misfit(path, matchType(part, value)) ??
      misfit(path, matchChoice(part, value)) ??
      visitOwnKind(part, value, path, depth) ??
      visitCombined(part, value, path, depth)
    );
  }

  function fits(part: unknown, value: unknown, path: string, depth: number): boolean {
    return visit(part as JsonSchema, value, path, depth + 1) === null;
  }

  function visitReference({ $ref }: JsonObject, value: unknown, path: string, depth: number): Misfit | null {
    if (typeof $ref !== 'string') return null;
    const target = followReference(schema, $ref);
    if (target === undefined) return { path, message: `the schema has no part "${$ref}"` };
    return visit(target, value, path, depth + 1);
  }

  function visitOwnKind(part: JsonObject, value: unknown, path: string, depth: number): Misfit | null {
    if (typeof value === 'string') return misfit(path, matchText(part, value, matches));
    if (typeof value === 'number') return misfit(path, matchNumber(part, value));
    if (Array.isArray(value)) return misfit(path, matchItems(part, value)) ?? visitItems(part, value, path, depth);
    if (isJsonObject(value)) return misfit(path, matchProperties(part, value)) ?? visitProperties(part, value, path, depth);
    return null;
  }

  function visitItems(part: JsonObject, items: readonly unknown[], path: string, depth: number): Misfit | null {
    const { contains } = part;
    const first = (Array.isArray(part.items) ? part.items : (part.prefixItems ?? [])) as readonly JsonSchema[];
    const rest = (Array.isArray(part.items) ? true : (part.items ?? true)) as JsonSchema;
    for (const [index, item] of items.entries()) {
      const found = visit(first[index] ?? rest, item, `${path}[${index}]`, depth + 1);
      if (found !== null) return found;
    }
    if (contains === undefined) return null;
    const count = items.filter((item) => fits(contains, item, path, depth)).length;
    const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = part as { minContains?: number; maxContains?: number };
    return count < minContains || count > maxContains ? { path, message: 'does not contain as many of the asked items' } : null;
  }

  function visitProperties(part: JsonObject, value: JsonObject, path: string, depth: number): Misfit | null {
    const properties = (part.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
    const patterns = Object.entries((part.patternProperties ?? {}) as Readonly<Record<string, JsonSchema>>);
    for (const [name, inner] of Object.entries(value)) {
      const own = Object.hasOwn(properties, name) ? [properties[name] as JsonSchema] : [];
      const named = [...own, ...patterns.filter(([pattern]) => matches(pattern, name)).map(([, each]) => each)];
      if (part.propertyNames !== undefined && !fits(part.propertyNames, name, path, depth)) {
        return { path: childPath(path, name, own.length > 0), message: 'has a name that is not allowed' };
      }
      const others = (part.additionalProperties ?? true) as JsonSchema;
      for (const each of named.length > 0 ? named : [others]) {
        const found = visit(each, inner, childPath(path, name, own.length > 0), depth + 1);
        if (found !== null) return found;
      }
    }
    for (const [name, dependent] of Object.entries((part.dependentSchemas ?? {}) as Readonly<Record<string, JsonSchema>>)) {
      const found = Object.hasOwn(value, name) ? visit(dependent, value, path, depth + 1) : null;
      if (found !== null) return found;
    }
    return null;
  }

  function visitCombined(part: JsonObject, value: unknown, path: string, depth: number): Misfit | null {
    for (const each of (part.allOf ?? []) as readonly JsonSchema[]) {
      const found = visit(each, value, path, depth + 1);
      if (found !== null) return found;
    }
    const anyOf = part.anyOf as readonly JsonSchema[] | undefined;
    if (anyOf?.some((each) => fits(each, value, path, depth)) === false) return { path, message: 'fits none of the shapes in anyOf' };
    const oneOf = part.oneOf as readonly JsonSchema[] | undefined;
    if (oneOf !== undefined && oneOf.filter((each) => fits(each, value, path, depth)).length !== 1) {
      return { path, message: 'does not fit exactly one of the shapes in oneOf' };
    }
    if (part.not !== undefined && fits(part.not, value, path, depth)) return { path, message: 'has the shape that "not" excludes' };
    if (part.if === undefined) return null;
    const branch = fits(part.if, value, path, depth) ? part.then : part.else;
    return branch === undefined ? null : visit(branch as JsonSchema, value, path, depth + 1);
  }
}

/** The schema asks for more work than an answer is worth. */
export class TooMuchToCheck extends Error {
  override readonly name = 'TooMuchToCheck';
}

const misfit = (path: string, message: string | null): Misfit | null => (message === null ? null : { path, message });

/** Only names that the schema knows are repeated: any other is content. */
function childPath(path: string, name: string, isKnown: boolean): string {
  return isKnown ? `${path}.${name}` : `${path}.(another name)`;
}

function matchType({ type }: JsonObject, value: unknown): string | null {
  if (type === undefined) return null;
  const names = (Array.isArray(type) ? type : [type]) as readonly string[];
  const own = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const holds = names.includes(own) || (own === 'number' && names.includes('integer') && Number.isInteger(value));
  return holds ? null : `must be ${names.join(' or ')}, and is ${own}`;
}

function matchChoice(part: JsonObject, value: unknown): string | null {
  if (Object.hasOwn(part, 'const') && canonicalText(part.const) !== canonicalText(value)) return 'is not the one value that is allowed';
  if (!Array.isArray(part.enum)) return null;
  const text = canonicalText(value);
  return part.enum.some((each) => canonicalText(each) === text) ? null : 'is not one of the values in enum';
}

interface ItemLimits {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

function matchItems({ minItems, maxItems, uniqueItems }: ItemLimits, items: readonly unknown[]): string | null {
  if (minItems !== undefined && items.length < minItems) return `must have at least ${minItems} items`;
  if (maxItems !== undefined && items.length > maxItems) return `must have at most ${maxItems} items`;
  return uniqueItems === true && new Set(items.map(canonicalText)).size < items.length ? 'has the same item twice' : null;
}

interface PropertyLimits {
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
}

function matchProperties({ required, minProperties, maxProperties, dependentRequired }: PropertyLimits, value: JsonObject): string | null {
  const count = Object.keys(value).length;
  const needed = [
    ...(required ?? []),
    ...Object.entries(dependentRequired ?? {}).flatMap(([name, names]) => (Object.hasOwn(value, name) ? names : [])),
  ];
  const missing = needed.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `lacks "${missing}"`;
  if (minProperties !== undefined && count < minProperties) return `must have at least ${minProperties} properties`;
  return maxProperties !== undefined && count > maxProperties ? `must have at most ${maxProperties} properties` : null;
}
