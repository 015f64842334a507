/**
 * The look of what answers the question before, for an element that is then `aria-busy`: dimmed, but not for an answer
 * that comes at once.
 */
export const outdatedClasses = 'transition-opacity duration-150 aria-busy:opacity-50 aria-busy:delay-150';

/** The same for the rows of a table that is `aria-busy`. Its head, by which it may be asked otherwise, stays as it is. */
export const outdatedRowsClasses =
  '[&>tbody]:transition-opacity [&>tbody]:duration-150 aria-busy:[&>tbody]:opacity-50 aria-busy:[&>tbody]:delay-150';
