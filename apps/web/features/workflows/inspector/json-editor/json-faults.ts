import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import { type Fault, faultReason } from '../text-editor/fault-reason.ts';
import { placeJsonFault } from './place-json-fault.ts';

const underline = Decoration.mark({ class: 'cm-fault' });

/** What is wrong with the text is underlined at its place, where it has one. */
export function jsonFaults(findFault: (text: string) => string | null): Extension {
  const read = (state: EditorState): Fault | null => {
    const text = state.doc.toString();
    const message = findFault(text);
    const place = message === null ? null : placeJsonFault(text, message);
    return message === null || place === null ? null : { ...place, message };
  };
  const fault = StateField.define<Fault | null>({
    create: read,
    update: (before, { docChanged, state }) => (docChanged ? read(state) : before),
    provide: (field) =>
      EditorView.decorations.from(field, (found) =>
        found === null ? Decoration.none : Decoration.set(underline.range(found.from, found.to)),
      ),
  });
  const faultAt = (state: EditorState, at: number) => {
    const found = state.field(fault);
    return found !== null && found.from <= at && at <= found.to ? found : null;
  };
  return [fault, faultReason(faultAt)];
}
