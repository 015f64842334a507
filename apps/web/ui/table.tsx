import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface TableProps {
  /** Its name for screen readers. */
  readonly label: string;
  /** All rows, the head included, where only some are in the page; -1 where nobody knows yet. */
  readonly rowCount?: number;
  readonly children: ReactNode;
}

const frameClasses = '@container relative overflow-x-auto rounded-xl border border-line bg-panel';

/** A table in a frame that scrolls sideways where the page is narrow. Its cells can ask how wide the frame is. */
export function Table({ label, rowCount, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={`${label} table`} tabIndex={0} className={frameClasses}>
      <table aria-label={label} aria-rowcount={rowCount} className="w-full border-collapse text-left">
        {children}
      </table>
    </section>
  );
}

export function TableHead({ children }: { readonly children: ReactNode }) {
  return (
    <thead>
      <tr className="border-line border-b">{children}</tr>
    </thead>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return <th scope="col" {...rest} className={classNames('whitespace-nowrap px-4 py-2.5 font-medium text-muted text-xs', className)} />;
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={classNames('border-line border-b bg-surface last:border-b-0', className)} />;
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={classNames('px-4 py-2.5 align-middle', className)} />;
}
