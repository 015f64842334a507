import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { insertNewlineAndIndent } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** By the page's tokens: light and dark follow from them. */
const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--primary-text)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.separator, tags.punctuation], color: 'var(--muted)' },
]);

const brackets = EditorView.theme({
  '&.cm-focused .cm-matchingBracket': { background: 'var(--accent)', color: 'var(--on-accent)' },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--bad-tint)', color: 'var(--bad)' },
});

/** Colours, brackets that come in pairs, and lines that begin where the ones above do. */
export const jsonExtension: Extension = [
  json(),
  syntaxHighlighting(colours),
  bracketMatching(),
  brackets,
  closeBrackets(),
  keymap.of([...closeBracketsKeymap, { key: 'Enter', run: insertNewlineAndIndent }]),
];
