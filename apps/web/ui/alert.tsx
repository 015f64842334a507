import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const tones = {
  ok: { box: 'border-ok/40 bg-ok-tint', icon: 'text-ok', Icon: CircleCheck },
  warn: { box: 'border-warn/40 bg-warn-tint', icon: 'text-warn', Icon: TriangleAlert },
  bad: { box: 'border-bad/40 bg-bad-tint', icon: 'text-bad', Icon: CircleAlert },
  info: { box: 'border-line bg-accent/40', icon: 'text-primary-text', Icon: Info },
} as const;

export interface AlertProps {
  readonly tone: keyof typeof tones;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** A button at the right. */
  readonly action?: ReactNode;
  /** Read out as soon as it appears. Off where a live region around it does that. */
  readonly live?: boolean;
}

/** A message in the page: what happened, and the way out. */
export function Alert({ tone, title, children, action, live = true }: AlertProps) {
  const { box, icon, Icon } = tones[tone];
  return (
    <div
      {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}
      className={classNames('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3 py-2.5', box)}
    >
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', icon)} />
      <div className="min-w-0 flex-1">
        <div className="break-words font-medium text-[13px]">{title}</div>
        {children && <div className="mt-0.5 break-words text-[13px] text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
