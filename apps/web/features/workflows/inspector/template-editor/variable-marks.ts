import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { describeUnknownVariable, placeVariables } from '@pipelines/contracts';
import { faultReason } from '../text-editor/fault-reason.ts';
import { scopeField } from './variable-scope.ts';

const known = Decoration.mark({ class: 'cm-variable' });
const unknown = Decoration.mark({ class: 'cm-variable cm-variable-unknown cm-fault' });

const marks = StateField.define<DecorationSet>({
  create: mark,
  update: (before, { docChanged, startState, state }) =>
    docChanged || startState.field(scopeField) !== state.field(scopeField) ? mark(state) : before,
  provide: (field) => EditorView.decorations.from(field),
});

function mark(state: EditorState): DecorationSet {
  const { isKnown } = state.field(scopeField);
  return Decoration.set(
    placeVariables(state.doc.toString()).map(({ variable, from, to }) => (isKnown(variable) ? known : unknown).range(from, to)),
  );
}

const reason = faultReason((state, at) => {
  const { isKnown } = state.field(scopeField);
  const place = placeVariables(state.doc.toString()).find(({ variable, from, to }) => from <= at && at <= to && !isKnown(variable));
  return place === undefined ? null : { ...place, message: describeUnknownVariable(place.variable) };
});

/** Variables stand out of the text; one that is not known here is underlined, and says so. */
export const variableMarks: Extension = [scopeField, marks, reason];
