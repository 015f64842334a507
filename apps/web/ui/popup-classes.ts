/** The surface of everything that opens over the page. */
export const popupClass =
  'rounded-lg border border-line bg-raised p-1 text-fg shadow-popup outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0';

/** A row of a list that opens over the page. */
export const popupItemClass =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover data-disabled:text-muted aria-disabled:text-muted';
