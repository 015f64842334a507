import type { ReactNode } from 'react';

export interface PartProps {
  readonly title: string;
  readonly help: ReactNode;
  readonly children: ReactNode;
}

/** One thing that can be set about the routing, beside what it means. */
export function Part({ title, help, children }: PartProps) {
  return (
    <section aria-label={title} className="grid gap-x-8 gap-y-3 px-4 py-4 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <div>
        <h3 className="font-medium text-[13px]">{title}</h3>
        <p className="mt-1 text-muted text-xs">{help}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
