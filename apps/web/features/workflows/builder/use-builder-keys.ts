import { useEffect, useRef } from 'react';
import type { Direction } from '../graph/neighbour-step.ts';
import type { Draft } from './use-draft.ts';
import type { GraphCommands } from './use-graph-commands.ts';

const arrows: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/** Keys of the canvas: arrows, Enter, Delete, Ctrl+Z / Y / A, and the clipboard. Text fields and dialogs keep theirs. */
export function useBuilderKeys(draft: Draft, commands: GraphCommands) {
  const latest = useRef({ draft, commands });
  latest.current = { draft, commands };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      if (handleKey(event, latest.current.draft, latest.current.commands)) event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => {
      // Marked text elsewhere in the page is what is meant; on the canvas it is the steps.
      if (isElsewhere(event.target) || (!isOnCanvas(event.target) && window.getSelection()?.toString())) return;
      const text = latest.current.commands.copied();
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') latest.current.commands.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isElsewhere(event.target)) return;
      if (latest.current.commands.paste(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}

function handleKey(event: KeyboardEvent, draft: Draft, commands: GraphCommands): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z' && !event.shiftKey) draft.undo();
    else if (key === 'y' || key === 'z') draft.redo();
    else if (key === 'a' && isOnCanvas(event.target)) commands.selectAll();
    else return false;
    return true;
  }
  if (!isOnCanvas(event.target)) return false;
  const direction = arrows[event.key];
  const card = cardOf(event.target);
  if (direction && event.shiftKey) commands.nudge(direction);
  else if (direction) commands.go(direction);
  else if (event.key === 'Enter' && card !== null) commands.openSettings(card);
  else if (event.key === 'Delete' || event.key === 'Backspace') commands.remove();
  else return false;
  return true;
}

/** In a text field, a list or a dialog the keys have a meaning of their own. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"]',
    ) !== null
  );
}

/** The name of the step whose card has the focus. */
function cardOf(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest('[data-step]')?.getAttribute('data-step') ?? null) : null;
}

function isOnCanvas(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.closest('.react-flow') !== null);
}
