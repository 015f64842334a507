import { EditorView } from '@codemirror/view';
import { type CSSProperties, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useFieldTextbox } from '../../../../ui/field.tsx';
import { changeSettings, createEditorState, type EditorSettings } from './editor-state.ts';
import { setScope, type VariableScope } from './variable-scope.ts';

export interface TemplateEditorProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly scope: VariableScope;
  readonly rows: number;
  readonly placeholder: string;
  /** ID of the words that say why nothing can be typed; null where it can. */
  readonly unavailableId: string | null;
}

/**
 * A text with variables, as a field of the inspector. It has a way back of its own, which a change from outside, such
 * as the builder's undo, begins anew: so neither takes back what the other has done.
 */
export function TemplateEditor({ value, onValueChange, scope, rows, placeholder, unavailableId }: TemplateEditorProps) {
  const { id, labelledBy, ...described } = useFieldTextbox();
  const listId = useId();
  const [offers, setOffers] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  /** As it was last given or told: another value is a change from outside. */
  const settled = useRef(value);
  const change = useRef(onValueChange);
  change.current = onValueChange;

  const describedBy = [described['aria-describedby'], unavailableId].filter(Boolean).join(' ');
  const attributes = {
    id,
    'aria-labelledby': labelledBy,
    spellcheck: String(rows > 1),
    ...Object.fromEntries(Object.entries(described).map(([name, text]) => [name, String(text)])),
    ...(describedBy && { 'aria-describedby': describedBy }),
  };
  const settings: EditorSettings = { attributes, placeholder, isReadOnly: unavailableId !== null };
  const options = {
    ...settings,
    listId,
    scope,
    onOffer: setOffers,
    onChange(text: string) {
      settled.current = text;
      change.current(text);
    },
  };
  const latest = useRef(options);
  latest.current = options;

  useLayoutEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const opened = new EditorView({ parent, state: createEditorState(settled.current, latest.current) });
    view.current = opened;
    return () => opened.destroy();
  }, []);

  useLayoutEffect(() => {
    if (view.current === null || value === settled.current) return;
    settled.current = value;
    view.current.setState(createEditorState(value, latest.current));
    setOffers(0);
  }, [value]);

  useLayoutEffect(() => view.current?.dispatch({ effects: setScope.of(scope) }), [scope]);

  const settingsKey = JSON.stringify(settings);
  useLayoutEffect(() => view.current?.dispatch({ effects: changeSettings(JSON.parse(settingsKey) as EditorSettings) }), [settingsKey]);

  // A label leads by itself to controls of forms only.
  useEffect(() => {
    const label = document.getElementById(labelledBy);
    const focus = () => view.current?.focus();
    label?.addEventListener('click', focus);
    return () => label?.removeEventListener('click', focus);
  }, [labelledBy]);

  return (
    <>
      <div ref={place} style={{ '--rows': rows } as CSSProperties} />
      <p role="status" className="sr-only">
        {offers === 0 ? '' : `${offers} variables. Arrow keys choose, Enter puts one in.`}
      </p>
    </>
  );
}
