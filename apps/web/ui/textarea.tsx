import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { useFieldControl } from './field.tsx';
import { controlClass } from './input.tsx';

/** Text of several lines; grows with what is typed where the browser can. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  const control = useFieldControl();
  return (
    <textarea
      rows={rows}
      {...control}
      {...rest}
      className={classNames(controlClass, 'field-sizing-content h-auto max-h-80 min-h-16 py-2 leading-relaxed', className)}
    />
  );
}
