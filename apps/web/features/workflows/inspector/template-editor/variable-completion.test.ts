import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { completionField, variableCompletion } from './variable-completion.ts';
import { scopeField, setScope } from './variable-scope.ts';

const scopeOf = (...variables: string[]) => ({ offered: variables.map((variable) => ({ variable, detail: '' })), isKnown: () => true });

const begin = (doc: string, isReadOnly = false) =>
  EditorState.create({
    doc,
    selection: { anchor: doc.length },
    extensions: [
      scopeField.init(() => scopeOf('input.text', 'steps.tone.output')),
      variableCompletion,
      EditorState.readOnly.of(isReadOnly),
    ],
  });

function type(state: EditorState, text: string, userEvent = 'input.type'): EditorState {
  const { head } = state.selection.main;
  return state.update({ changes: { from: head, insert: text }, selection: { anchor: head + text.length }, userEvent }).state;
}

const offersOf = (state: EditorState) => state.field(completionField)?.offers.map(({ variable }) => variable) ?? null;

it('offers what fits as soon as braces are typed, where they begin', () => {
  const braces = type(begin('Say '), '{{');
  expect(offersOf(braces)).toEqual(['input.text', 'steps.tone.output']);
  const begun = type(braces, 'to');
  expect(begun.field(completionField)).toMatchObject({ from: 4, active: 0 });
  expect(offersOf(begun)).toEqual(['steps.tone.output']);
  expect(offersOf(type(begun, 'x'))).toBeNull();
  expect(offersOf(type(begun, ' or'))).toBeNull();
});

it('offers nothing where nobody types', () => {
  expect(offersOf(begin('{{'))).toBeNull();
  expect(offersOf(type(begin('{'), '{', 'undo'))).toBeNull();
  expect(offersOf(type(begin('', true), '{{'))).toBeNull();
});

it('follows the caret within the variable, and goes when it leaves', () => {
  const begun = type(begin(''), '{{input');
  expect(offersOf(begun.update({ selection: { anchor: 4 } }).state)).toEqual(['input.text']);
  expect(offersOf(begun.update({ selection: { anchor: 1 } }).state)).toBeNull();
  expect(offersOf(begun.update({ selection: { anchor: 3, head: 5 } }).state)).toBeNull();
});

it('follows the steps around', () => {
  const begun = type(begin(''), '{{');
  expect(offersOf(begun.update({ effects: setScope.of(scopeOf('input.other')) }).state)).toEqual(['input.other']);
});
