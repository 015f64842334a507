import { type ReactNode, useEffect } from 'react';
import { Mark } from '../../shell/mark.tsx';

/** The frame of the pages before somebody is signed in. */
export function Entrance({
  title,
  description,
  children,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Pipelines`;
  }, [title]);
  return (
    <main className="flex min-h-dvh items-center justify-center bg-panel p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark />
          <span className="font-semibold text-[15px]">Pipelines</span>
        </div>
        <div className="rounded-xl border border-line bg-bg p-6 shadow-xs">
          <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
          {description && <div className="mt-1 text-muted">{description}</div>}
          <div className="mt-5">{children}</div>
        </div>
      </div>
    </main>
  );
}
