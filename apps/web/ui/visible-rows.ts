export interface Window {
  /** How far the page is scrolled, and how much of it is seen. */
  readonly scrollPx: number;
  readonly heightPx: number;
}

export interface RowRange {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** Drawn beyond each edge of the window, so that scrolling does not show gaps. */
const extraRows = 15;

/** Which of `count` rows of one height, the first at `topPx` of the page, are in or near the window. */
export function visibleRows(count: number, rowHeightPx: number, topPx: number, { scrollPx, heightPx }: Window): RowRange {
  const firstSeen = Math.floor((scrollPx - topPx) / rowHeightPx);
  const first = Math.min(Math.max(0, firstSeen - extraRows), Math.max(0, count - 1));
  const end = Math.min(count, Math.max(first, firstSeen + Math.ceil(heightPx / rowHeightPx) + 1 + extraRows));
  return { first, end };
}
