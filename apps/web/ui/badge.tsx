import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const tones = {
  neutral: 'border-line text-muted',
  accent: 'border-transparent bg-accent text-on-accent',
  ok: 'border-transparent bg-ok-tint text-ok',
  warn: 'border-transparent bg-warn-tint text-warn',
  bad: 'border-transparent bg-bad-tint text-bad',
} as const;

export function Badge({ tone = 'neutral', children }: { readonly tone?: keyof typeof tones; readonly children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex max-w-full items-center overflow-hidden text-ellipsis whitespace-nowrap rounded-md border px-1.5 py-px font-medium text-[11px]',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
