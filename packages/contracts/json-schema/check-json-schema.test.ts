import { expect, it } from 'vitest';
import { checkJsonSchema } from './check-json-schema.ts';

it.each([
  true,
  {},
  { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Anything', 'x-own': 1, format: 'email' },
  { type: ['string', 'null'], pattern: '^(?<year>\\d{4})$' },
  { type: 'array', items: { $ref: '#/$defs/item' }, $defs: { item: { const: 1 } } },
  { properties: { required: { type: 'string' }, type: { enum: ['a'] } }, required: ['type'] },
])('takes %j', (schema) => {
  expect(checkJsonSchema(schema)).toBeNull();
});

it.each([
  ['text', 'The schema must be an object or a boolean.'],
  [{ type: 'text' }, /^type must be one of string/],
  [{ properties: { a: { type: 'strin' } } }, /^properties\.a\.type must be one of/],
  [{ properties: { a: 'string' } }, 'properties.a must be an object or a boolean.'],
  [{ required: 'a' }, /^required must be a list of names/],
  [{ enum: [] }, /^enum must be a list/],
  [{ anyOf: [{}, { minimum: '1' }] }, 'anyOf[1].minimum must be a number.'],
  [{ items: [{}, 1] }, 'items[1] must be an object or a boolean.'],
  [{ $ref: '#/$defs/none' }, /^\$ref must name a part of this schema/],
  [{ $ref: 'https://example.com/schema' }, /^\$ref must name a part of this schema/],
  [{ pattern: '(' }, /^pattern must be a regular expression/],
  [{ pattern: '(?!a)b' }, /^pattern must be a regular expression without look-around/],
  [{ patternProperties: { '(a)\\1': {} } }, /^patternProperties must have names/],
  [{ unevaluatedProperties: false }, 'unevaluatedProperties cannot be used here.'],
])('says what is wrong with %j', (schema, words) => {
  expect(checkJsonSchema(schema)).toMatch(words);
});

it('does not follow a schema that is too large', () => {
  let deep: object = {};
  for (let level = 0; level < 100; level += 1) deep = { not: deep };
  expect(checkJsonSchema(deep)).toBe('The schema is too large.');
});
