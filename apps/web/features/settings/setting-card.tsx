import type { ReactNode } from 'react';

export interface SettingCardProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

export function SettingCard({ title, description, children }: SettingCardProps) {
  return (
    <section
      aria-label={title}
      className="grid gap-x-8 gap-y-4 border-line border-b py-6 first:pt-0 last:border-b-0 lg:grid-cols-[16rem_minmax(0,1fr)]"
    >
      <div>
        <h2 className="font-medium">{title}</h2>
        {description && <p className="mt-1 text-[13px] text-muted">{description}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
