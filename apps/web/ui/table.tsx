import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { outdatedRowsClasses } from './outdated-classes.ts';

export interface TableProps {
  /** Its name for screen readers. */
  readonly label: string;
  /** All rows, the head included, where only some are in the page; -1 where nobody knows yet. */
  readonly rowCount?: number;
  /** Its rows answer the question before, such as without the filter; the answer to this one is on its way. */
  readonly outdated?: boolean;
  readonly children: ReactNode;
}

const frameClasses = '@container relative overflow-x-auto rounded-xl border border-line bg-panel';

/** A table in a frame. Its cells can ask how wide that is, and its rows can be cards; whatever is wider still scrolls sideways. */
export function Table({ label, rowCount, outdated = false, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={`${label} table`} tabIndex={0} className={frameClasses}>
      <table
        aria-label={label}
        aria-rowcount={rowCount}
        aria-busy={outdated || undefined}
        className={classNames('w-full border-collapse text-left', outdatedRowsClasses)}
      >
        {children}
      </table>
    </section>
  );
}

export interface TableHeadProps {
  /** The rows are cards where the table is as narrow as a phone: only the leading column has a heading then. */
  readonly card?: boolean;
  readonly children: ReactNode;
}

export function TableHead({ card = false, children }: TableHeadProps) {
  return (
    <thead>
      <tr className={classNames('border-line border-b', card && '@max-xl:[&>th:not([data-lead])]:hidden')}>{children}</tr>
    </thead>
  );
}

export interface ThProps extends ComponentProps<'th'> {
  /** Its column leads where rows are cards. */
  readonly lead?: boolean;
}

export function Th({ lead = false, className, ...rest }: ThProps) {
  return (
    <th
      scope="col"
      data-lead={lead || undefined}
      {...rest}
      className={classNames('whitespace-nowrap px-4 py-2.5 font-medium text-muted text-xs @max-3xl:px-3', className)}
    />
  );
}

/** What leads and what stands beside it make the first line; then all other cells, in lines that wrap. */
const cardClasses = [
  '@max-xl:flex @max-xl:flex-wrap @max-xl:content-center @max-xl:items-center @max-xl:gap-x-3 @max-xl:gap-y-0.5',
  '@max-xl:px-4 @max-xl:py-2.5 @max-xl:*:min-w-0 @max-xl:*:p-0',
  "@max-xl:before:basis-full @max-xl:before:content-['']",
].join(' ');

export interface TrProps extends ComponentProps<'tr'> {
  /** Where the table is as narrow as a phone, the row is a card: no column needs room of its own. */
  readonly card?: boolean;
}

export function Tr({ card = false, className, ...rest }: TrProps) {
  return <tr {...rest} className={classNames('border-line border-b bg-surface last:border-b-0', card && cardClasses, className)} />;
}

const placeClasses = {
  lead: '@max-xl:-order-2 @max-xl:w-0 @max-xl:max-w-none @max-xl:flex-1',
  beside: '@max-xl:-order-1',
  line: '@max-xl:w-0 @max-xl:max-w-none @max-xl:basis-full',
} as const;

const labelClasses = '@max-xl:before:mr-1.5 @max-xl:before:font-sans @max-xl:before:text-muted @max-xl:before:content-[attr(data-label)]';

export interface TdProps extends ComponentProps<'td'> {
  /** In a card: it leads, stands beside what leads, or has a line to itself. */
  readonly place?: keyof typeof placeClasses;
  /** In a card, where no heading says what it is. */
  readonly label?: string;
}

export function Td({ place, label, className, ...rest }: TdProps) {
  const inCard = classNames(place && placeClasses[place], label !== undefined && labelClasses);
  return <td data-label={label} {...rest} className={classNames('px-4 py-2.5 align-middle @max-3xl:px-3', inCard, className)} />;
}
