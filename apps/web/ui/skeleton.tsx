import { classNames } from './class-names.ts';

/** A grey bar where text will be. Decorative: the region around it is `aria-busy`. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={classNames('block h-4 animate-pulse rounded bg-hover', className)} />;
}
