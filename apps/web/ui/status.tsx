import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const dots = { ok: 'bg-ok', warn: 'bg-warn', bad: 'bg-bad', off: 'bg-muted/60', busy: 'bg-primary animate-pulse' } as const;

export type StatusTone = keyof typeof dots;

/** A word with a dot: the dot is for the eye, the word says it. */
export function Status({
  tone,
  children,
  detail,
}: {
  readonly tone: StatusTone;
  readonly children: ReactNode;
  readonly detail?: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-2 align-middle whitespace-nowrap text-[13px]">
      <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', dots[tone])} />
      {children}
      {detail && <span className="text-muted tabular-nums">{detail}</span>}
    </span>
  );
}
