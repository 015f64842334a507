import type { CheckOf } from '@pipelines/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ComputedCheck, runCheck } from './run-check.ts';

const texts = { ignore_case: false, ignore_space: false };
const exact = (change: Partial<CheckOf<'exact'>> = {}): ComputedCheck => ({
  kind: 'exact',
  name: 'label',
  actual: '{{output.label}}',
  expected: '{{expected.label}}',
  ...texts,
  ...change,
});
const outcome = (check: ComputedCheck, output: unknown, expected: Record<string, unknown> = {}) =>
  runCheck(check, { output, expected, input: { ticket: 'It broke' } }).outcome;

describe('exact', () => {
  it.each([
    ['bug', 'bug', {}, 'pass'],
    ['Bug', 'bug', {}, 'fail'],
    ['Bug', 'bug', { ignore_case: true }, 'pass'],
    ['bug\n', 'bug', {}, 'fail'],
    [' a  bug\n', 'a bug', { ignore_space: true }, 'pass'],
    // Two spellings of the same letter.
    ['caf\u00e9', 'cafe\u0301', {}, 'pass'],
    [3, '3', {}, 'pass'],
    [true, 'true', {}, 'pass'],
    [{ a: 1, b: [2] }, '{"b":[2],"a":1}', {}, 'pass'],
    [[1, 2], [2, 1], {}, 'fail'],
    [null, 'bug', {}, 'fail'],
    [undefined, 'bug', {}, 'fail'],
  ])('%j against %j with %j: %s', (label, expected, change, wanted) => {
    expect(outcome(exact(change), { label }, { label: expected })).toBe(wanted);
  });

  it('says unknown, never pass, where the row has no expected value', () => {
    expect(outcome(exact(), { label: '' })).toBe('unknown');
    expect(outcome(exact(), {}, { label: null })).toBe('unknown');
    expect(outcome(exact({ expected: 'It is {{expected.label}}' }), { label: 'It is ' })).toBe('unknown');
  });

  it('takes what comes in as data: no variable in it is looked for, nothing inherited is seen', () => {
    expect(outcome(exact(), { label: '{{expected.label}}' }, { label: 'bug' })).toBe('fail');
    expect(outcome(exact({ expected: '{{expected.constructor}}' }), { label: 'x' }, { label: 'bug' })).toBe('unknown');
    expect(outcome(exact({ expected: '{{input.ticket}}' }), { label: 'It broke' })).toBe('pass');
  });

  it('finds every text equal to itself', () => {
    fc.assert(fc.property(fc.string(), (label) => label === '' || outcome(exact(), { label }, { label }) === 'pass'));
    fc.assert(fc.property(fc.jsonValue(), (label) => label === null || outcome(exact(), { label }, { label }) === 'pass'));
  });
});

describe('contains', () => {
  const contains = (change: Partial<CheckOf<'contains'>> = {}): ComputedCheck => ({
    kind: 'contains',
    name: 'says',
    actual: '{{output}}',
    expected: '{{expected.value}}',
    ...texts,
    ...change,
  });

  it.each([
    ['Paris is it.', 'Paris', {}, 'pass'],
    ['paris is it.', 'Paris', {}, 'fail'],
    ['paris is it.', 'Paris', { ignore_case: true }, 'pass'],
    ['New\nYork', 'New York', { ignore_space: true }, 'pass'],
    [{ city: 'Paris' }, 'Paris', {}, 'pass'],
  ])('%j has %j with %j: %s', (output, value, change, wanted) => {
    expect(outcome(contains(change), output, { value })).toBe(wanted);
  });

  it('finds every part', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, part, after) => {
        return outcome(contains(), (before + part + after).normalize('NFC'), { value: part.normalize('NFC') }) === 'pass';
      }),
    );
  });
});

describe('numeric', () => {
  const numeric = (type: 'absolute' | 'relative', value: number): ComputedCheck => ({
    kind: 'numeric',
    name: 'total',
    actual: '{{output.total}}',
    expected: '{{expected.total}}',
    tolerance: { type, value },
  });

  it.each([
    [0.3, '0.1', 'absolute', 0.2, 'pass'],
    [0.30000000000000004, '0.1', 'absolute', 0.2, 'fail'],
    ['1.05', 1, 'relative', 0.05, 'pass'],
    ['1.0500001', 1, 'relative', 0.05, 'fail'],
    [-105, -100, 'relative', 0.05, 'pass'],
    [0, 0, 'relative', 0, 'pass'],
    [' +1e2 ', '100', 'absolute', 0, 'pass'],
    ['12 EUR', 12, 'absolute', 1, 'fail'],
    ['', 12, 'absolute', 1, 'fail'],
    ['0x10', 16, 'absolute', 0, 'fail'],
    [12, 'twelve', 'absolute', 1, 'unknown'],
    [null, 1, 'absolute', 1, 'fail'],
  ] as const)('%j against %j, %s %d: %s', (total, expected, type, value, wanted) => {
    expect(outcome(numeric(type, value), { total }, { total: expected })).toBe(wanted);
  });

  it('passes exactly what lies within the tolerance', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 0, max: 100_000 }), (one, other, tolerance) => {
        const decimal = (value: number) =>
          `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;
        const found = outcome(numeric('absolute', tolerance / 100), { total: decimal(one) }, { total: decimal(other) });
        return found === (Math.abs(one - other) <= tolerance ? 'pass' : 'fail');
      }),
    );
  });
});

describe('json_schema', () => {
  const schema = { type: 'object', properties: { label: { enum: ['bug', 'idea'] } }, required: ['label'] };
  const check: ComputedCheck = { kind: 'json_schema', name: 'shape', actual: '{{output.answer}}', schema };

  it.each([
    [{ label: 'bug' }, 'pass'],
    ['{"label":"idea"}', 'pass'],
    [{ label: 'other' }, 'fail'],
    ['no JSON', 'fail'],
    [undefined, 'fail'],
  ])('%j: %s', (answer, wanted) => {
    expect(outcome(check, { answer })).toBe(wanted);
  });

  it('says where, and nothing of the answer', () => {
    const { detail } = runCheck(check, { output: { answer: { label: 'secret' } }, expected: {}, input: {} });
    expect(detail).toContain('$.label');
    expect(detail).not.toContain('secret');
  });
});
