import { ViewPlugin } from '@codemirror/view';
import { type CSSProperties, useId, useLayoutEffect, useState } from 'react';
import { type TextEditorProps, useTextEditor } from '../text-editor/use-text-editor.ts';
import { completionField, listId, variableCompletion } from './variable-completion.ts';
import { variableMarks } from './variable-marks.ts';
import { scopeField, setScope, type VariableScope } from './variable-scope.ts';

export interface TemplateEditorProps extends TextEditorProps {
  readonly scope: VariableScope;
  readonly rows: number;
  readonly placeholder: string;
}

/** A text with variables, as a field of the inspector. */
export function TemplateEditor({ scope, rows, ...given }: TemplateEditorProps) {
  const list = useId();
  const [offers, setOffers] = useState(0);
  const { place, view } = useTextEditor({
    ...given,
    spellCheck: rows > 1,
    readLanguage: () => [
      listId.of(list),
      scopeField.init(() => scope),
      variableMarks,
      variableCompletion,
      ViewPlugin.define(() => ({
        update: ({ state }) => setOffers(state.field(completionField)?.offers.length ?? 0),
        destroy: () => setOffers(0),
      })),
    ],
  });

  useLayoutEffect(() => view.current?.dispatch({ effects: setScope.of(scope) }), [scope, view]);

  return (
    <>
      <div ref={place} style={{ '--rows': rows } as CSSProperties} />
      <p role="status" className="sr-only">
        {offers === 0 ? '' : `${offers} variables. Arrow keys choose, Enter puts one in.`}
      </p>
    </>
  );
}
