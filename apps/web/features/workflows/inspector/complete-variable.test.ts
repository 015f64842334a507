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
  expect(matchVariables(['input.steps', 'steps.a.output', 'input.b'], 'step')).toEqual(['steps.a.output', 'input.steps']);
});

it('closes the braces and leaves the caret behind them', () => {
  expect(completeVariable('Hi {{in there', 7, 'input.a')).toEqual({ text: 'Hi {{input.a}} there', caret: 14 });
});

it('replaces a variable that is closed already', () => {
  expect(completeVariable('{{inp}} x', 4, 'input.a')).toEqual({ text: '{{input.a}} x', caret: 11 });
});

it('puts one in where none was begun', () => {
  expect(completeVariable('a b', 2, 'input.a')).toEqual({ text: 'a {{input.a}}b', caret: 13 });
});
