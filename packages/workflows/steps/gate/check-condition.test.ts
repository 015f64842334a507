import type { Condition } from '@pipelines/contracts';
import { describe, expect, it } from 'vitest';
import { createMatcher } from '../create-matcher.ts';
import { checkCondition } from './check-condition.ts';

const scope = {
  input: { text: 'Order 66', number: 7, list: ['a', 'b'], none: null, json: '{"items":[{"kind":"bug"}],"n":3}' },
  steps: { ask: { output: { label: 'bug' } } },
};

function holds(value: string, operator: Condition['operator'], operand = '', json_path = ''): boolean {
  return checkCondition({ value, operator, operand, json_path }, scope, createMatcher());
}

describe('checkCondition', () => {
  it.each<[string, Condition['operator'], string, boolean]>([
    ['{{input.text}}', 'equals', 'Order 66', true],
    ['{{input.number}}', 'equals', '7', true],
    ['{{input.text}}', 'not_equals', 'Order 66', false],
    ['{{input.text}}', 'contains', '66', true],
    ['{{input.list}}', 'contains', 'a', true],
    ['{{input.list}}', 'contains', '["a"', false],
    ['{{input.text}}', 'matches', '^Order \\d+$', true],
    ['{{input.text}}', 'matches', '^\\d+$', false],
    ['{{input.number}}', 'greater', '6.5', true],
    ['{{input.number}}', 'less', '7', false],
    ['{{input.text}}', 'greater', '1', false],
    ['{{input.none}}', 'less', '1', false],
    ['{{input.none}}', 'is_empty', '', true],
    ['{{input.list}}', 'is_not_empty', '', true],
  ])('%s %s %s: %s', (value, operator, operand, expected) => {
    expect(holds(value, operator, operand)).toBe(expected);
  });

  it('looks into JSON, as text or as it is', () => {
    expect(holds('{{input.json}}', 'equals', 'bug', '$.items[0].kind')).toBe(true);
    expect(holds('{{input.json}}', 'greater', '2', '$.n')).toBe(true);
    expect(holds('{{steps.ask.output}}', 'equals', 'bug', '$.label')).toBe(true);
    expect(holds('{{input.json}}', 'is_empty', '', '$.items[3].kind')).toBe(true);
    expect(holds('{{input.text}}', 'is_empty', '', '$.x')).toBe(true);
  });

  it('sees own properties only', () => {
    expect(holds('{{input.json}}', 'is_empty', '', '$.constructor.name')).toBe(true);
    expect(holds('{{input.json}}', 'is_empty', '', '$.__proto__')).toBe(true);
  });

  it('refuses what is no path or no pattern', () => {
    expect(() => holds('{{input.json}}', 'equals', '', '$..kind')).toThrow('is not a path');
    expect(() => holds('{{input.text}}', 'matches', '(')).toThrow('not a regular expression');
    expect(() => holds('{{input.text}}', 'matches', '(a)\\1')).toThrow('not a regular expression');
  });

  it('is not slowed down by a pattern', () => {
    const startedAt = performance.now();
    const text = `${'a'.repeat(5_000)}!`;
    expect(checkCondition({ value: text, operator: 'matches', operand: '^(a+)+$', json_path: '' }, scope, createMatcher())).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('refuses at once to look for a long pattern in a long text, however it is split over the conditions', () => {
    const long = { ...scope, input: { text: 'a'.repeat(100_000) } };
    const look = (operand: string, matcher = createMatcher()) =>
      checkCondition({ value: '{{input.text}}', operator: 'matches', operand, json_path: '' }, long, matcher);
    expect(() => look('[a-z]{1000}[0-9]')).toThrow('takes too much work');
    expect(look('^a+$')).toBe(true);
    const matcher = createMatcher();
    expect(() => Array.from({ length: 40 }, (_, index) => look(`b{10}[${index}]`, matcher))).toThrow('takes too much work');
  });
});
