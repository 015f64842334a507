import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonBody } from './json-body.ts';

const parse = (text: string) => parseJsonBody<Record<string, unknown>>(Buffer.from(text));
const thrownCode = (text: string | Uint8Array): unknown => {
  try {
    parseJsonBody(Buffer.from(text as string));
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return null;
};

describe('parseJsonBody', () => {
  test('knows where each top-level field lies', () => {
    const text = ' { "model" : "a\\"},{" ,\n"n":-1.5e3, "deep":{"model":[{"model":"x"}]},"é\\n":[],"last":null}';
    const body = parse(text);
    const slices = [...body.fields].map(([key, span]) => [key, Buffer.from(text).subarray(span.valueStart, span.valueEnd).toString()]);
    expect(slices).toEqual([
      ['model', '"a\\"},{"'],
      ['n', '-1.5e3'],
      ['deep', '{"model":[{"model":"x"}]}'],
      ['é\n', '[]'],
      ['last', 'null'],
    ]);
    expect(text.slice(body.fields.get('model')?.keyStart).startsWith('"model"')).toBe(true);
  });

  test.each(['', '{', '[]', 'null', '"x"', '1', '{"a":1}x', '{a:1}', '\ufeff{}', "{'a':1}"])('%j is no JSON object', (text) => {
    expect(thrownCode(text)).toBe('invalid_json');
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(thrownCode(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe('invalid_json');
  });

  test('whatever the bytes are, it reads them or says why not', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"', '\\\\', ':', ',', '"a"', '"\\\\u00', '"\\\\q"', '1', 'null', ' ', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const text = pieces.join('');
        const code = thrownCode(text);
        if (code === null) expect(typeof JSON.parse(text)).toBe('object');
        else expect(code).toMatch(/^(invalid_json|duplicate_field)$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a parse error does not quote the body', () => {
    expect(() => parse('{"api_key":"CNRY-secret"')).toThrow(/^The body is not valid JSON\.$/);
  });

  test.each(['{"model":"a","model":"b"}', '{"model":"a","mod\\u0065l":"b"}', '{"a":{},"\\u0061":1}'])('%s gives a field twice', (text) => {
    expect(thrownCode(text)).toBe('duplicate_field');
  });

  test('a key may repeat further down', () => {
    expect(thrownCode('{"a":{"b":1},"b":[{"b":2},{"b":3}]}')).toBeNull();
  });

  test('__proto__ is a field like any other', () => {
    const body = parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(body.fields.has('__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(body.value)).toBe(Object.prototype);
  });

  test('64 levels are read, 65 are refused', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(thrownCode(nested(64))).toBeNull();
    expect(thrownCode(nested(65))).toBe('invalid_json');
    expect(thrownCode(nested(100_000))).toBe('invalid_json');
  });
});
