import { routes } from '@pipelines/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { periodStart } from '../period.ts';
import type { AttemptsSearch } from './attempts-search.ts';

const refreshMs = 5_000;

/** How many pages are still refreshed by themselves: further back, the list stands still while it is read. */
const livePages = 2;

/** The log, newest first, refreshed by itself while its beginning is in sight. */
export function useAttempts({ slug, status, source, api_key_id, period }: AttemptsSearch) {
  const filters = { slug, status, source, api_key_id };
  const attempts = useInfiniteQuery({
    queryKey: ['attempts', 'list', { ...filters, period }],
    queryFn: ({ pageParam, signal }) => {
      const from = period ? periodStart(period, Date.now()) : undefined;
      return callApi(routes.listAttempts, { query: { ...filters, from, limit: 100, cursor: pageParam }, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= livePages ? refreshMs : false),
    placeholderData: keepPreviousData,
  });
  return { ...attempts, isLive: (attempts.data?.pages.length ?? 0) <= livePages };
}
