import { type RefObject, useEffect, useRef, useState } from 'react';
import type { MoreRows } from './more-rows.ts';
import { type RowRange, visibleRows } from './visible-rows.ts';

export interface EndlessRowsOptions extends MoreRows {
  readonly count: number;
  /** Every row has one height; this one, until a row has been drawn and measured. */
  readonly rowHeightPx: number;
}

export interface EndlessRows {
  readonly bodyRef: RefObject<HTMLTableSectionElement | null>;
  /** The indexes of the rows to draw. */
  readonly indexes: readonly number[];
  /** The space that stands for the rows before and after them. */
  readonly beforePx: number;
  readonly afterPx: number;
}

/** Only the rows near the window are drawn, and the next page is asked for before its place is reached. */
export function useEndlessRows({ count, rowHeightPx, hasMore, hasFailed, isLoadingMore, loadMore }: EndlessRowsOptions): EndlessRows {
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const [heightPx, setHeightPx] = useState(rowHeightPx);
  const [range, setRange] = useState<RowRange>({ first: 0, end: Math.min(count, 60) });

  useEffect(() => {
    const measure = () => {
      // Where the table is narrow, its rows are higher.
      const drawnPx = bodyRef.current?.querySelector('tr[aria-rowindex]')?.getBoundingClientRect().height;
      if (drawnPx) setHeightPx(drawnPx);
      const topPx = (bodyRef.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      const next = visibleRows(count, drawnPx || heightPx, topPx, { scrollPx: window.scrollY, heightPx: window.innerHeight });
      setRange((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    measure();
    window.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    };
  }, [count, heightPx]);

  useEffect(() => {
    if (hasMore && !hasFailed && !isLoadingMore && range.end >= count - 10) loadMore();
  }, [hasMore, hasFailed, isLoadingMore, range.end, count, loadMore]);

  const end = Math.min(range.end, count);
  const first = Math.min(range.first, end);
  return {
    bodyRef,
    indexes: Array.from({ length: end - first }, (_, index) => first + index),
    beforePx: first * heightPx,
    afterPx: (count - end) * heightPx,
  };
}
