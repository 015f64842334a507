import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';

const TooltipPopup = lazy(() => import('./tooltip-popup.tsx'));

export interface TooltipProps {
  readonly text: ReactNode;
  /** The control that it explains; it must have a name of its own. */
  readonly children: ReactNode;
}

/** A short explanation on hover and on focus. It only repeats: what must be known is in the page as well. */
export function Tooltip({ text, children }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState(false);
  const show = () => setShown(true);
  const hide = () => setShown(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the control inside
    <span
      ref={anchor}
      className="inline-flex"
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {shown && (
        <Suspense>
          <TooltipPopup text={text} anchor={anchor} onClose={hide} />
        </Suspense>
      )}
    </span>
  );
}
