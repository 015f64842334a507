import type { CSSProperties } from 'react';
import { type TextEditorProps, useTextEditor } from '../text-editor/use-text-editor.ts';
import { jsonExtension } from './json-extension.ts';
import { jsonFaults } from './json-faults.ts';

export interface JsonEditorProps extends TextEditorProps {
  readonly rows: number;
  /** What is wrong with a text, as the field says it; null when nothing is. The same function always. */
  readonly findFault: (text: string) => string | null;
}

/** A text of JSON, as a field of the inspector. */
export function JsonEditor({ rows, findFault, ...given }: JsonEditorProps) {
  const { place } = useTextEditor({ ...given, spellCheck: false, readLanguage: () => [jsonExtension, jsonFaults(findFault)] });
  return <div ref={place} style={{ '--rows': rows } as CSSProperties} />;
}
