import { cloneElement, type KeyboardEvent, lazy, Suspense, useState } from 'react';
import type { MenuProps } from './menu-props.ts';

const OpenedMenu = lazy(() => import('./opened-menu.tsx'));

/** A button with actions behind it. What opens is loaded when it is first opened, to keep the first page light. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setWanted(true);
  };
  const closed = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onKeyDown: openByKey,
  });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenedMenu {...props} />
    </Suspense>
  );
}
