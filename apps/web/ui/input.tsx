import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { useFieldControl } from './field.tsx';

/** The look that every one-line control has. As wide as its place, unless a width is given. */
export const controlClass = classNames(
  'h-9 rounded-lg [:where(&)]:w-full border border-control bg-bg px-3 text-sm text-fg shadow-xs',
  'focus-visible:border-primary focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-primary/30',
  'aria-invalid:border-bad aria-invalid:focus-visible:outline-bad/25 disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60',
);

export interface InputProps extends ComponentProps<'input'> {
  /** For identifiers, which are compared letter by letter. */
  readonly mono?: boolean;
}

export function Input({ mono = false, className, ...rest }: InputProps) {
  const control = useFieldControl();
  return (
    <input
      type="text"
      autoComplete="off"
      {...(mono ? { spellCheck: false, autoCapitalize: 'off', autoCorrect: 'off' } : {})}
      {...control}
      {...rest}
      className={classNames(controlClass, mono && 'font-mono text-[13px]', className)}
    />
  );
}
