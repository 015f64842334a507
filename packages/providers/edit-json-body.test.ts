import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editJsonBody } from './edit-json-body.ts';
import { parseJsonBody } from './json-body.ts';

type Fields = Record<string, unknown>;
const parse = (text: string) => parseJsonBody<Fields>(Buffer.from(text));
const edit = (text: string, set: Fields, remove: string[] = []): string =>
  Buffer.from(editJsonBody(parse(text), { set, remove })).toString();

const key = fc.oneof(fc.constantFrom('model', 'stream', 'messages', 'a"b', 'é', '\u0000', '😀', '__proto__'), fc.string({ maxLength: 6 }));
const object = fc.uniqueArray(fc.tuple(key, fc.jsonValue({ maxDepth: 4 })), { selector: ([name]) => name, maxLength: 8 });
const space = fc.constantFrom('', ' ', '\n', '\t ', '\r\n  ');

const write = (entries: readonly (readonly [string, unknown])[], gap: string): string =>
  `${gap}{${gap}${entries.map(([name, value]) => `${JSON.stringify(name)}${gap}:${gap}${JSON.stringify(value)}`).join(`${gap},${gap}`)}${gap}}${gap}`;

describe('editJsonBody', () => {
  test('an edit gives the edited object, and leaves the bytes of other fields alone', () => {
    fc.assert(
      fc.property(object, object, fc.array(key, { maxLength: 5 }), space, (entries, changes, remove, gap) => {
        const source = write(entries, gap);
        const set = new Map(changes);
        const edited = Buffer.from(editJsonBody(parse(source), { set: asObject(changes), remove }));
        const body = parseJsonBody<Fields>(edited);
        const expected = new Map(entries.filter(([name]) => set.has(name) || !remove.includes(name)));
        for (const [name, value] of changes) expected.set(name, value);

        expect(new Map(Object.entries(body.value))).toEqual(
          new Map([...expected].map(([name, value]) => [name, JSON.parse(JSON.stringify(value))])),
        );
        const original = parse(source);
        for (const [name, span] of body.fields) {
          const before = original.fields.get(name);
          if (set.has(name) || before === undefined) continue;
          expect(edited.subarray(span.keyStart, span.valueEnd)).toEqual(
            Buffer.from(original.bytes).subarray(before.keyStart, before.valueEnd),
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  test('nothing to change gives the very same bytes', () => {
    const body = parse('{"a":1}');
    expect(editJsonBody(body, { set: { b: undefined }, remove: ['c'] })).toBe(body.bytes);
  });

  test.each([
    ['{"a":1,"b":2}', {}, ['a'], '{"b":2}'],
    ['{"a":1,"b":2}', {}, ['b'], '{"a":1}'],
    ['{ "a" : 1 , "b" : 2 , "c" : 3 }', {}, ['a', 'b'], '{ "c" : 3 }'],
    ['{"a":1}', {}, ['a'], '{}'],
    ['{"a":1}', { b: 2 }, ['a'], '{"b":2}'],
    [' { } ', { b: 2 }, [], ' {"b":2} } '.replace('} }', ' }')],
    ['{"seed":12345678901234567890,"model":"x"}', { model: 'y' }, [], '{"seed":12345678901234567890,"model":"y"}'],
    ['{"a":"\\u00e9\\/","model":"x"}', { model: 'é' }, [], '{"a":"\\u00e9\\/","model":"é"}'],
  ])('%s', (source, set, remove, result) => {
    expect(edit(source, set, remove)).toBe(result);
  });
});

function asObject(entries: readonly (readonly [string, unknown])[]): Fields {
  const result: Fields = {};
  for (const [name, value] of entries) Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  return result;
}
