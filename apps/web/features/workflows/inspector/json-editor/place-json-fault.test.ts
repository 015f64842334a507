import { checkJsonSchema } from '@pipelines/contracts';
import { expect, it } from 'vitest';
import { placeJsonFault } from './place-json-fault.ts';

const shownIn = (text: string, message: string) => {
  const place = placeJsonFault(text, message);
  if (place === null) return null;
  // As those do who copy it.
  const { from, to } = { ...place };
  return [from, text.slice(from, to)];
};

it.each([
  ['{"a": 1,}', 8, '}'],
  ['{"a": 1\n "b": 2}', 9, '"'],
  ['{"a": tru, "b": nul}', 6, 'tru'],
  ['{a: 1}', 1, 'a'],
  ['{"a": 1} x', 9, 'x'],
  ['{"a": 01}', 7, '1'],
  ['{"a": [1, 2 ', 10, '2'],
])('underlines where %j stops being JSON', (text, from, shown) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(shownIn(text, 'Not JSON')).toEqual([from, shown]);
});

it('underlines nothing in an empty text', () => {
  expect(shownIn('', 'Not JSON')).toBeNull();
  expect(shownIn(' \n', 'Not JSON')).toBeNull();
});

it.each([
  ['{"type": "text"}', 9, '"text"'],
  ['{"properties": {"type": {"type": "string"}, "b": {"type": "strin"}}}', 58, '"strin"'],
  ['{"properties": {"a": {}, "a b": "string"}}', 32, '"string"'],
  ['{"properties": {"a\\u0062": 1}}', 27, '1'],
  ['{"anyOf": [{}, {"minimum": "1"}]}', 27, '"1"'],
  ['{"items": [{}, 1]}', 15, '1'],
  ['{"items": [{}, []]}', 15, '['],
  ['{"required": {}}', 1, '"required"'],
])('underlines what the check of schemas names in %j', (text, from, shown) => {
  expect(shownIn(text, checkJsonSchema(JSON.parse(text)) ?? '')).toEqual([from, shown]);
});

it('underlines nothing where the sentence names no place', () => {
  expect(shownIn('[1]', 'A JSON object, such as {"type": "object"}')).toBeNull();
  expect(shownIn('{"type": "object"}', 'The schema is too large.')).toBeNull();
});

it.each(['{"\\x": 1}', '{"a": {"\\u12": 1}}', '{"a\nb": 1}', '{"a": "\\x"}', '{"a": 01}'])(
  'has a place or none for what only the editor takes for JSON: %j',
  (text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(() => shownIn(text, 'Not JSON')).not.toThrow();
  },
);
