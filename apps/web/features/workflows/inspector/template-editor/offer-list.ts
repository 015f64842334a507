import type { EditorState } from '@codemirror/state';
import type { EditorView, TooltipView } from '@codemirror/view';
import { classNames } from '../../../../ui/class-names.ts';
import { popupClass, popupItemClass } from '../../../../ui/popup-classes.ts';
import type { OfferedVariable } from '../offer-variables.ts';

/** What is offered at the caret. */
export interface Completion {
  /** Where the list stands in the text. */
  readonly from: number;
  readonly offers: readonly OfferedVariable[];
  /** The one that Enter takes, by its place. */
  readonly active: number;
}

export interface OfferListOptions {
  readonly id: string;
  readonly read: (state: EditorState) => Completion | null;
  readonly onTake: (index: number) => void;
}

/** The list of what may stand between the braces. The focus stays in the text; the list follows it. */
export function createOfferList(view: EditorView, { id, read, onTake }: OfferListOptions): TooltipView {
  const dom = document.createElement('div');
  dom.id = id;
  dom.role = 'listbox';
  dom.ariaLabel = 'Variables';
  dom.className = classNames(popupClass, 'max-h-56 w-max min-w-56 max-w-[min(26rem,calc(100vw-2rem))] overflow-y-auto');
  let shown: Completion | null = null;

  function show(completion: Completion | null): void {
    if (completion === null || completion === shown) return;
    if (completion.offers !== shown?.offers) dom.replaceChildren(...completion.offers.map(createOption));
    for (const [index, option] of [...dom.children].entries()) {
      const isActive = index === completion.active;
      option.ariaSelected = String(isActive);
      option.classList.toggle('bg-hover', isActive);
      if (isActive) option.scrollIntoView({ block: 'nearest' });
    }
    shown = completion;
  }

  function createOption({ variable, detail }: OfferedVariable, index: number): HTMLElement {
    const option = document.createElement('div');
    option.id = optionId(id, index);
    option.role = 'option';
    option.className = classNames(popupItemClass, 'hover:bg-hover');
    option.append(
      createText('shrink-0 max-w-full truncate font-mono text-[13px]', variable),
      createText('ml-auto min-w-0 truncate pl-2 text-muted text-xs', detail),
    );
    // The focus stays in the text.
    option.addEventListener('mousedown', (event) => event.preventDefault());
    option.addEventListener('click', () => onTake(index));
    return option;
  }

  return {
    dom,
    mount: () => show(read(view.state)),
    update: ({ state }) => show(read(state)),
  };
}

/** In the page, of an option of the list. */
export const optionId = (listId: string, index: number) => `${listId}-${index}`;

function createText(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}
