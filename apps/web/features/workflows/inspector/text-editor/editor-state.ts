import { history, insertNewline, isolateHistory, redo, standardKeymap, undo } from '@codemirror/commands';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { editorTheme } from './editor-theme.ts';

/** What of an editor changes while it is open. */
export interface EditorSettings {
  /** Of the element that takes the text: its ID, its name, what describes it. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly placeholder: string;
  readonly isReadOnly: boolean;
}

export interface EditorOptions extends EditorSettings {
  /** What it knows of its text. Its keys go before those of a text area. */
  readonly language: Extension;
  readonly onChange: (text: string) => void;
}

const settings = new Compartment();

/** A text with its own way back, from here on. */
export function createEditorState(doc: string, options: EditorOptions): EditorState {
  return EditorState.create({
    doc,
    extensions: [
      editorTheme,
      EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''),
      EditorView.lineWrapping,
      tooltips({ position: 'fixed', tooltipSpace: windowLessMargin }),
      options.language,
      asTextArea,
      settings.of(readSettings(options)),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) options.onChange(state.doc.toString());
      }),
    ],
  });
}

const marginPx = 8;

/** Where lists may stand: not at the very edge. */
const windowLessMargin = () => ({
  top: marginPx,
  left: marginPx,
  right: window.innerWidth - marginPx,
  bottom: window.innerHeight - marginPx,
});

export const changeSettings = (next: EditorSettings) => settings.reconfigure(readSettings(next));

function readSettings({ attributes, placeholder: hint, isReadOnly }: EditorSettings): Extension {
  return [
    EditorView.contentAttributes.of(
      isReadOnly ? { ...attributes, 'aria-disabled': 'true', 'aria-readonly': 'true', tabindex: '0' } : attributes,
    ),
    placeholder(hint),
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
  ];
}

/**
 * Text that takes the place of what is marked. Chromium would give it the look of a token that goes, as a style
 * attribute, which the page's policy forbids.
 */
function typeOver({ inputType, data, isComposing }: InputEvent, view: EditorView): boolean {
  const marked = document.getSelection();
  if (inputType !== 'insertText' || !data || isComposing || marked === null || marked.isCollapsed) return false;
  const { startContainer, startOffset, endContainer, endOffset } = marked.getRangeAt(0);
  if (!view.contentDOM.contains(startContainer) || !view.contentDOM.contains(endContainer)) return false;
  const [from, to] = [view.posAtDOM(startContainer, startOffset), view.posAtDOM(endContainer, endOffset)];
  const insert = view.state.toText(data);
  const selection = { anchor: from + insert.length };
  // A step back of its own: what was typed just before stays.
  const annotations = isolateHistory.of('before');
  const put = () =>
    view.state.update({ changes: { from, to, insert }, selection, annotations, userEvent: 'input.type', scrollIntoView: true });
  const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, put));
  if (!isHandled) view.dispatch(put());
  return true;
}

/** With nothing marked a text area copies nothing; an editor of code would take the line. */
const keepClipboard = (_: ClipboardEvent, view: EditorView) => view.state.selection.main.empty;

/** The keys of a text area: Tab leaves it, Enter begins a line and indents nothing. */
const asTextArea: Extension = [
  history(),
  keymap.of([
    { key: 'Mod-z', run: undo, preventDefault: true },
    { key: 'Mod-y', run: redo, preventDefault: true },
    { key: 'Mod-Shift-z', run: redo, preventDefault: true },
    { key: 'Enter', run: insertNewline, shift: insertNewline },
    ...standardKeymap,
  ]),
  EditorView.domEventHandlers({ beforeinput: typeOver, copy: keepClipboard, cut: keepClipboard }),
];
