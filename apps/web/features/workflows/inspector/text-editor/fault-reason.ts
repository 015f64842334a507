import type { EditorState, Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';

/** A part of the text that is underlined, and why. */
export interface Fault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** Over what is underlined: why it is. `faultAt` finds what is wrong at a place of the text. */
export function faultReason(faultAt: (state: EditorState, at: number) => Fault | null): Extension {
  return hoverTooltip((view, at) => {
    const fault = faultAt(view.state, at);
    if (fault === null) return null;
    return {
      pos: fault.from,
      end: fault.to,
      above: true,
      create() {
        const dom = document.createElement('p');
        dom.className = 'cm-reason';
        dom.textContent = fault.message;
        return { dom };
      },
    };
  });
}
