import { EditorView } from '@codemirror/view';

/** As the other controls look, by the same tokens: light and dark follow from them. `--rows` is the least height in lines. */
export const editorTheme = EditorView.theme({
  '&': {
    maxHeight: '20rem',
    border: '1px solid var(--control)',
    borderRadius: '0.5rem',
    background: 'var(--bg)',
    color: 'var(--fg)',
    boxShadow: '0 1px 2px 0 rgb(0 0 0 / 0.05)',
    fontSize: '13px',
  },
  '&.cm-focused': {
    outline: '2px solid color-mix(in oklab, var(--primary) 30%, transparent)',
    outlineOffset: '0',
    borderColor: 'var(--primary)',
  },
  '&:has([aria-invalid])': { borderColor: 'var(--bad)' },
  '&.cm-focused:has([aria-invalid])': { outlineColor: 'color-mix(in oklab, var(--bad) 25%, transparent)' },
  '&:has([aria-disabled])': { opacity: '0.6' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", monospace',
    lineHeight: '1.625',
    overflowY: 'auto',
  },
  '.cm-content': { padding: '0.375rem 0', minHeight: 'calc(var(--rows) * 1.625em + 0.75rem)', caretColor: 'var(--fg)' },
  '.cm-line': { padding: '0 0.75rem' },
  '.cm-placeholder': { color: 'var(--muted)' },
  '.cm-variable': { borderRadius: '0.25rem', padding: '0.0625rem 0', background: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-variable-unknown': { background: 'var(--bad-tint)', color: 'var(--bad)' },
  '.cm-fault': {
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '0.25em',
    textDecorationSkipInk: 'none',
  },
  // The surfaces are those of the popups inside.
  '.cm-tooltip': { zIndex: '50', border: 'none', background: 'none' },
  '.cm-tooltip[role=listbox]': { border: '1px solid var(--line)', background: 'var(--raised)', marginTop: '0.25rem' },
  '.cm-reason': {
    margin: '0',
    maxWidth: '20rem',
    padding: '0.25rem 0.5rem',
    border: '1px solid var(--line)',
    borderRadius: '0.5rem',
    background: 'var(--raised)',
    color: 'var(--bad)',
    fontSize: '13px',
  },
});
