import {
  followReference,
  isJsonObject,
  type JsonObject,
  type JsonSchema,
  schemaKeywords,
  schemaListKeywords,
  schemaMapKeywords,
} from './json-schema.ts';

const typeNames: readonly unknown[] = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const maxParts = 5_000;
const maxDepth = 60;

/** Keywords that would have to be followed and are not: better refused than passed over. */
const unknownHere = ['$dynamicRef', '$recursiveRef', 'unevaluatedProperties', 'unevaluatedItems', 'additionalItems', 'dependencies'];

type Check = readonly [keywords: readonly string[], holds: (value: unknown) => boolean, expected: string];

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isNames = (value: unknown) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') && new Set(value).size === value.length;

const checks: readonly Check[] = [
  [
    ['type'],
    (value) => typeNames.includes(value) || (Array.isArray(value) && value.length > 0 && value.every((each) => typeNames.includes(each))),
    'one of string, number, integer, boolean, object, array, null, or a list of them',
  ],
  [['enum'], (value) => Array.isArray(value) && value.length > 0, 'a list with at least one value'],
  [['required'], isNames, 'a list of names, each once'],
  [['dependentRequired'], (value) => isJsonObject(value) && Object.values(value).every(isNames), 'an object of lists of names'],
  [
    ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'],
    isCount,
    'a whole number from 0',
  ],
  [['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'], isNumber, 'a number'],
  [['multipleOf'], (value) => isNumber(value) && (value as number) > 0, 'a number above 0'],
  [['uniqueItems'], (value) => typeof value === 'boolean', 'true or false'],
  [['pattern'], (value) => typeof value === 'string' && isPattern(value), patternWords()],
];

/**
 * What keeps a value from being a JSON Schema that answers can be checked against, with the place; null when nothing does.
 * Keywords that are not known are annotations, as the standard says.
 */
export function checkJsonSchema(schema: unknown): string | null {
  let parts = 0;
  return checkPart(schema, '', 0);

  function checkPart(part: unknown, place: string, depth: number): string | null {
    parts += 1;
    if (parts > maxParts || depth > maxDepth) return 'The schema is too large.';
    if (typeof part === 'boolean') return null;
    if (!isJsonObject(part)) return `${place || 'The schema'} must be an object or a boolean.`;
    return checkKeywords(part, place) ?? checkReference(part, place) ?? checkInner(part, place, depth + 1);
  }

  function checkReference({ $ref }: JsonObject, place: string): string | null {
    if ($ref === undefined) return null;
    const target = typeof $ref === 'string' ? followReference(schema as JsonSchema, $ref) : undefined;
    return target === undefined ? `${at(place, '$ref')} must name a part of this schema, such as #/$defs/item.` : null;
  }

  function checkInner(part: JsonObject, place: string, depth: number): string | null {
    for (const [inner, where] of innerParts(part, place)) {
      const fault = checkPart(inner, where, depth);
      if (fault !== null) return fault;
    }
    return null;
  }
}

function checkKeywords(part: JsonObject, place: string): string | null {
  for (const keyword of unknownHere) if (Object.hasOwn(part, keyword)) return `${at(place, keyword)} cannot be used here.`;
  for (const [keywords, holds, expected] of checks) {
    for (const keyword of keywords) {
      if (Object.hasOwn(part, keyword) && !holds(part[keyword])) return `${at(place, keyword)} must be ${expected}.`;
    }
  }
  for (const keyword of schemaListKeywords) {
    const list = part[keyword];
    if (list !== undefined && !(Array.isArray(list) && list.length > 0)) return `${at(place, keyword)} must be a list of schemas.`;
  }
  for (const keyword of schemaMapKeywords) {
    const map = part[keyword];
    if (map !== undefined && !isJsonObject(map)) return `${at(place, keyword)} must be an object of schemas.`;
  }
  const wrong = Object.keys(isJsonObject(part.patternProperties) ? part.patternProperties : {}).find((pattern) => !isPattern(pattern));
  return wrong === undefined ? null : `${at(place, 'patternProperties')} must have names that are ${patternWords().slice(2)}.`;
}

/** The schemas directly inside a checked one, each with its place. */
function innerParts(part: JsonObject, place: string): (readonly [unknown, string])[] {
  const lists: readonly string[] = Array.isArray(part.items) ? [...schemaListKeywords, 'items'] : schemaListKeywords;
  const singles: readonly string[] = Array.isArray(part.items) ? schemaKeywords : [...schemaKeywords, 'items'];
  return [
    ...singles.filter((keyword) => part[keyword] !== undefined).map((keyword) => [part[keyword], at(place, keyword)] as const),
    ...lists.flatMap((keyword) =>
      ((part[keyword] ?? []) as unknown[]).map((inner, index) => [inner, `${at(place, keyword)}[${index}]`] as const),
    ),
    ...schemaMapKeywords.flatMap((keyword) =>
      Object.entries((part[keyword] ?? {}) as JsonObject).map(([name, inner]) => [inner, at(at(place, keyword), name)] as const),
    ),
  ];
}

const at = (place: string, name: string) => (place === '' ? name : `${place}.${name}`);

/** Patterns run in an engine without backtracking, which knows no look-around and no back-references. */
function isPattern(text: string): boolean {
  if (/\(\?<?[=!]|\\[1-9]|\\k</.test(text.replaceAll('\\\\', ''))) return false;
  try {
    return new RegExp(text, 'u') !== null;
  } catch {
    return false;
  }
}

function patternWords(): string {
  return 'a regular expression without look-around and back-references';
}
