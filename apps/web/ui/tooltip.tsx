import { lazy, type ReactNode, Suspense, type SyntheticEvent, useState } from 'react';

const TooltipPopup = lazy(() => import('./tooltip-popup.tsx'));

/**
 * A short explanation on hover and on focus. It only repeats: what must be known is in the page as well. Nothing comes
 * around the control, which would make it another element and lose the focus.
 *
 * @param text null: there is nothing to explain
 */
export function useTooltip(text: ReactNode) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const hide = () => setAnchor(null);
  return {
    /** For when the pointer or the focus comes to the control, which must have a name of its own. */
    show: (event: SyntheticEvent) => text && setAnchor(event.currentTarget),
    /** For when they leave it, and for Escape. */
    hide,
    popup: text && anchor && (
      <Suspense>
        <TooltipPopup text={text} anchor={anchor} onClose={hide} />
      </Suspense>
    ),
  };
}
