import { lazy, Suspense, useEffect, useState } from 'react';
import { onToast } from './toast.ts';

const Toaster = lazy(() => import('./toaster.tsx'));

/** Where toasts appear; once in the page. What shows them is loaded with the first one. */
export function Toasts() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => onToast(() => setWanted(true)), []);
  if (!wanted) return null;
  return (
    <Suspense>
      <Toaster />
    </Suspense>
  );
}
