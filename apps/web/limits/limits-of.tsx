import { lazy, Suspense } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';
import type { LimitSubject } from './limit-subject.ts';

const LimitsPanel = lazy(() => import('./limits-panel.tsx'));

/** Call limits and budgets of something, loaded where they are looked at. */
export function LimitsOf({ subject }: { readonly subject: LimitSubject }) {
  return (
    <Suspense fallback={<Skeleton className="h-48 w-full" />}>
      <LimitsPanel subject={subject} />
    </Suspense>
  );
}
