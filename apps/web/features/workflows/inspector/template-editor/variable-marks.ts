import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, hoverTooltip } from '@codemirror/view';
import { describeUnknownVariable, placeVariables } from '@pipelines/contracts';
import { scopeField } from './variable-scope.ts';

const known = Decoration.mark({ class: 'cm-variable' });
const unknown = Decoration.mark({ class: 'cm-variable cm-variable-unknown' });

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

/** Over an unknown variable: why it is underlined. */
const reason = hoverTooltip((view, at) => {
  const { doc } = view.state;
  const { isKnown } = view.state.field(scopeField);
  const place = placeVariables(doc.toString()).find(({ variable, from, to }) => from <= at && at <= to && !isKnown(variable));
  if (place === undefined) return null;
  return {
    pos: place.from,
    end: place.to,
    above: true,
    create() {
      const dom = document.createElement('p');
      dom.className = 'cm-reason';
      dom.textContent = describeUnknownVariable(place.variable);
      return { dom };
    },
  };
});

/** Variables stand out of the text; one that is not known here is underlined, and says so. */
export const variableMarks: Extension = [scopeField, marks, reason];
