import { type ReactNode, useEffect } from 'react';

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** What the browser's tab says, where the title is not plain text. */
  readonly documentTitle?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, documentTitle, description, actions }: PageHeaderProps) {
  const tabTitle = documentTitle ?? (typeof title === 'string' ? title : null);
  useEffect(() => {
    if (tabTitle) document.title = `${tabTitle} · Pipelines`;
  }, [tabTitle]);
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0">
        <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>
        {description && <div className="mt-0.5 text-muted">{description}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
