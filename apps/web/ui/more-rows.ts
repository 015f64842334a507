import type { UseInfiniteQueryResult } from '@tanstack/react-query';

/** What is to come of a list: its further pages, or others in its place. */
export interface MoreRows {
  /** The rows answer the question before, such as without the filter; the answer to this one is on its way. */
  readonly outdated: boolean;
  readonly hasMore: boolean;
  /** The next page did not come: it is not asked for again until somebody tries. */
  readonly hasFailed: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
}

type PagedQuery = Pick<
  UseInfiniteQueryResult,
  'isPlaceholderData' | 'hasNextPage' | 'isFetchNextPageError' | 'isFetchingNextPage' | 'fetchNextPage'
>;

/** What a list's query knows of what is to come, as its table takes it. */
export function moreOf(query: PagedQuery): MoreRows {
  return {
    outdated: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    hasFailed: query.isFetchNextPageError,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: query.fetchNextPage,
  };
}

type AskedQuery = Pick<UseInfiniteQueryResult, 'isPending' | 'isPlaceholderData'>;

/** Nothing can be said of a list yet, not even that it is empty: that there were no rows answers the question before. */
export function isAwaited({ isPending, isPlaceholderData }: AskedQuery, rows: readonly unknown[]): boolean {
  return isPending || (isPlaceholderData && rows.length === 0);
}
