import { expect, it } from 'vitest';
import { checkConditions } from './check-conditions.ts';
import type { Condition, StepOf } from './graph.ts';

function faultsOf(change: Partial<Condition>): readonly string[] {
  const condition: Condition = { value: '{{input.a}}', json_path: '', operator: 'equals', operand: '', ...change };
  const gate: StepOf<'gate'> = {
    kind: 'gate',
    name: 'gate',
    title: 'Gate',
    position: { x: 0, y: 0 },
    config: { routes: [{ name: 'one', match: 'all', conditions: [condition] }] },
  };
  return checkConditions(gate).map(([field, message]) => `${field}: ${message}`);
}

it.each<Partial<Condition>>([
  {},
  { json_path: '$.items[0].kind' },
  { operator: 'greater', operand: '0.8' },
  { operator: 'less', operand: '{{input.limit}}' },
  { operator: 'matches', operand: '^(a|b)+$' },
  { operator: 'matches', operand: '^(?:a|\\d{3})$' },
  { operator: 'is_empty' },
])('finds nothing in %o', (change) => {
  expect(faultsOf(change)).toEqual([]);
});

it.each<[Partial<Condition>, string]>([
  [{ json_path: 'items' }, 'json_path: "items" is not a path such as $.items[0].kind.'],
  [{ operator: 'greater', operand: 'many' }, 'operand: Enter a number, or a variable that is one.'],
  [{ operator: 'less', operand: '' }, 'operand: Enter a number, or a variable that is one.'],
  [{ operator: 'matches', operand: '' }, 'operand: Enter a pattern.'],
  [{ operator: 'matches', operand: '(a' }, 'operand: The pattern is not a regular expression.'],
  [{ operator: 'matches', operand: '(?=a)b' }, 'operand: The pattern looks around or back, which is not possible here.'],
  [{ operator: 'matches', operand: '(a)\\1' }, 'operand: The pattern looks around or back, which is not possible here.'],
])('finds what is wrong in %o', (change, fault) => {
  expect(faultsOf(change)).toEqual([`routes.0.conditions.0.${fault}`]);
});
