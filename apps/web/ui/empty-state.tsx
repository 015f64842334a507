import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  /** One sentence. */
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-xl border border-control border-dashed px-6 py-14 text-center">
      {icon && (
        <div aria-hidden className="mb-3 flex size-10 items-center justify-center rounded-lg bg-accent text-on-accent [&>svg]:size-5">
          {icon}
        </div>
      )}
      <h2 className="font-medium">{title}</h2>
      {children && <div className="mt-1 max-w-md text-muted">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
