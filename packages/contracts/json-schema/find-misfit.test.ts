import { validate } from '@cfworker/json-schema';
import { expect, it } from 'vitest';
import { checkJsonSchema } from './check-json-schema.ts';
import { findMisfit } from './find-misfit.ts';
import type { JsonSchema } from './json-schema.ts';

const values = [
  null,
  true,
  0,
  1,
  2.5,
  -3,
  '',
  'a',
  'ab',
  'abc',
  [],
  [1],
  [1, 1],
  [1, 'a', null],
  {},
  { a: 1 },
  { a: 'x', b: [1] },
  { b: { a: 2 } },
];

/** The same numbers every time. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function makeSchema(dice: (sides: number) => number, depth: number): JsonSchema {
  const inner = () => (depth > 2 ? dice(2) === 0 : makeSchema(dice, depth + 1));
  const pick = <Value>(list: readonly Value[]) => list[dice(list.length)] as Value;
  const makers: readonly (() => Record<string, unknown>)[] = [
    () => ({ type: pick(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']) }),
    () => ({ type: [pick(['string', 'object']), pick(['number', 'array', 'null'])] }),
    () => ({ enum: [pick(values), pick(values)] }),
    () => ({ const: pick(values) }),
    () => ({ minLength: dice(3), maxLength: dice(4) }),
    () => ({ pattern: pick(['^a', 'b$', '^[a-b]+$', '^\\p{L}{2}$']) }),
    () => ({ minimum: dice(3) - 1, exclusiveMaximum: dice(4) }),
    () => ({ multipleOf: pick([1, 0.5, 2]) }),
    () => ({ minItems: dice(2), maxItems: dice(3) + 1, uniqueItems: dice(2) === 0 }),
    () => ({ items: inner() }),
    () => ({ prefixItems: [inner(), inner()], items: inner() }),
    () => ({ contains: inner(), minContains: dice(2), maxContains: dice(3) + 1 }),
    () => ({ properties: { a: inner(), b: inner() }, additionalProperties: inner() }),
    () => ({ patternProperties: { '^a': inner() }, required: [pick(['a', 'b'])] }),
    () => ({ propertyNames: inner(), minProperties: dice(2), maxProperties: dice(3) }),
    () => ({ dependentRequired: { a: ['b'] }, dependentSchemas: { b: inner() } }),
    () => ({ allOf: [inner(), inner()] }),
    () => ({ anyOf: [inner(), inner()] }),
    () => ({ oneOf: [inner(), inner()] }),
    () => ({ not: inner() }),
    () => Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, inner()])),
    () => ({ $ref: '#/$defs/part' }),
  ];
  return Object.assign({}, ...Array.from({ length: 1 + dice(3) }, () => pick(makers)()));
}

it('agrees with another validator on hundreds of schemas and values', () => {
  const dice = createDice(20_260_901);
  const matches = (pattern: string, text: string) => new RegExp(pattern, 'u').test(text);
  const seen = { fit: 0, misfit: 0 };
  for (let round = 0; round < 400; round += 1) {
    const schema = { ...(makeSchema(dice, 0) as object), $defs: { part: { type: ['string', 'object'], minLength: 1 } } };
    expect(checkJsonSchema(schema), JSON.stringify(schema)).toBeNull();
    for (const value of values) {
      const fits = findMisfit(schema, value, { matches }) === null;
      seen[fits ? 'fit' : 'misfit'] += 1;
      expect(fits, `${JSON.stringify(value)} against ${JSON.stringify(schema)}`).toBe(validate(value, schema as never, '2020-12').valid);
    }
  }
  expect(Math.min(seen.fit, seen.misfit)).toBeGreaterThan(1_000);
});
