import { Skeleton } from '../ui/skeleton.tsx';

export function PagePending() {
  return (
    <div aria-busy="true" className="space-y-4 py-1">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-9 w-full max-w-md" />
      <Skeleton className="h-64 w-full" />
      <span role="status" className="sr-only">
        Loading
      </span>
    </div>
  );
}
