import { expect, it } from 'vitest';
import { completeVariable, matchVariables, openVariableAt } from './complete-variable.ts';

it.each([
  ['Hi {{', 5, { from: 3, typed: '' }],
  ['Hi {{ inp', 9, { from: 3, typed: 'inp' }],
  ['{{input.a}} {{st', 16, { from: 12, typed: 'st' }],
  ['{{input.a}} done', 16, null],
  ['{ {a', 4, null],
])('knows the variable at the caret of %j', (text, caret, expected) => {
  expect(openVariableAt(text, caret)).toEqual(expected);
});

it('puts those first that begin with what is typed', () => {
  const offered = ['input.steps', 'steps.a.output', 'input.b'].map((variable) => ({ variable, detail: '' }));
  expect(matchVariables(offered, 'step').map(({ variable }) => variable)).toEqual(['steps.a.output', 'input.steps']);
});

function complete(text: string, caret: number) {
  const { from, to, insert } = completeVariable(text, caret, 'input.a');
  return `${text.slice(0, from)}${insert}|${text.slice(to)}`;
}

it('closes the braces and leaves the caret behind them', () => {
  expect(complete('Hi {{in there', 7)).toBe('Hi {{input.a}}| there');
});

it('replaces a variable that is closed already', () => {
  expect(complete('{{inp}} x', 4)).toBe('{{input.a}}| x');
});

it('puts one in where none was begun', () => {
  expect(complete('a b', 2)).toBe('a {{input.a}}|b');
});
