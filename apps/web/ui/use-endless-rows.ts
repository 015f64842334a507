import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface EndlessRowsOptions {
  readonly count: number;
  readonly rowHeightPx: number;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
}

export interface EndlessRows {
  readonly bodyRef: RefObject<HTMLTableSectionElement | null>;
  /** The indexes of the rows to draw. */
  readonly indexes: readonly number[];
  /** The space that stands for the rows before and after them. */
  readonly beforePx: number;
  readonly afterPx: number;
}

const drawAllBelow = 100;

/** Only the rows near the window are drawn, and the next page is asked for before its place is reached. */
export function useEndlessRows({ count, rowHeightPx, hasMore, isLoadingMore, loadMore }: EndlessRowsOptions): EndlessRows {
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => setTopPx((bodyRef.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => rowHeightPx, overscan: 12, scrollMargin: topPx });
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? -1;

  useEffect(() => {
    if (hasMore && !isLoadingMore && lastDrawn >= count - 20) loadMore();
  }, [hasMore, isLoadingMore, lastDrawn, count, loadMore]);

  if (count < drawAllBelow) return { bodyRef, indexes: Array.from({ length: count }, (_, index) => index), beforePx: 0, afterPx: 0 };
  return {
    bodyRef,
    indexes: drawn.map((row) => row.index),
    beforePx: (drawn[0]?.start ?? topPx) - topPx,
    afterPx: Math.max(0, virtualizer.getTotalSize() - ((drawn.at(-1)?.end ?? topPx) - topPx)),
  };
}
