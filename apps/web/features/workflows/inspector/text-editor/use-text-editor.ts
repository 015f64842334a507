import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useFieldTextbox } from '../../../../ui/field.tsx';
import { changeSettings, createEditorState, type EditorSettings } from './editor-state.ts';

export interface TextEditorProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** ID of the words that say why nothing can be typed; null where it can. */
  readonly unavailableId: string | null;
}

export interface TextEditorOptions extends TextEditorProps {
  readonly placeholder?: string;
  readonly spellCheck: boolean;
  /** What the editor knows of its text, whenever it begins anew. */
  readonly readLanguage: () => Extension;
}

export interface TextEditor {
  /** Of the element that the editor stands in. */
  readonly place: RefObject<HTMLDivElement | null>;
  readonly view: RefObject<EditorView | null>;
}

/**
 * A text of the `Field` around it. It has a way back of its own, which a change from outside, such as the builder's
 * undo, begins anew: so neither takes back what the other has done.
 */
export function useTextEditor(given: TextEditorOptions): TextEditor {
  const { value, onValueChange, unavailableId, placeholder = '', spellCheck, readLanguage } = given;
  const { id, labelledBy, ...described } = useFieldTextbox();
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
    spellcheck: String(spellCheck),
    ...Object.fromEntries(Object.entries(described).map(([name, text]) => [name, String(text)])),
    ...(describedBy && { 'aria-describedby': describedBy }),
  };
  const settings: EditorSettings = { attributes, placeholder, isReadOnly: unavailableId !== null };
  const begin = (doc: string) =>
    createEditorState(doc, {
      ...settings,
      language: readLanguage(),
      onChange(text) {
        settled.current = text;
        change.current(text);
      },
    });
  const beginLatest = useRef(begin);
  beginLatest.current = begin;

  useLayoutEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const opened = new EditorView({ parent, state: beginLatest.current(settled.current) });
    view.current = opened;
    return () => opened.destroy();
  }, []);

  useLayoutEffect(() => {
    if (view.current === null || value === settled.current) return;
    settled.current = value;
    view.current.setState(beginLatest.current(value));
  }, [value]);

  const settingsKey = JSON.stringify(settings);
  useLayoutEffect(() => view.current?.dispatch({ effects: changeSettings(JSON.parse(settingsKey) as EditorSettings) }), [settingsKey]);

  // A label leads by itself to controls of forms only.
  useEffect(() => {
    const label = document.getElementById(labelledBy);
    const focus = () => view.current?.focus();
    label?.addEventListener('click', focus);
    return () => label?.removeEventListener('click', focus);
  }, [labelledBy]);

  return { place, view };
}
