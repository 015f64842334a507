import type { UseInfiniteQueryResult } from '@tanstack/react-query';

/** The pages of a list that are not in the page yet. */
export interface MoreRows {
  readonly hasMore: boolean;
  /** The next page did not come: it is not asked for again until somebody tries. */
  readonly hasFailed: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
}

type PagedQuery = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchNextPageError' | 'isFetchingNextPage' | 'fetchNextPage'>;

/** What a list's query knows of its further pages, as its table takes it. */
export function moreOf(query: PagedQuery): MoreRows {
  return {
    hasMore: query.hasNextPage,
    hasFailed: query.isFetchNextPageError,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: query.fetchNextPage,
  };
}
