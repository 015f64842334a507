import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import { ApiProblem } from './api-client.ts';

/** What changes while it is read for the first time is read again: that answer may tell of the time before. */
class RereadingQueryClient extends QueryClient {
  override async invalidateQueries<Key extends QueryKey = QueryKey>(
    filters: InvalidateQueryFilters<Key> = {},
    options?: InvalidateOptions,
  ): Promise<void> {
    const firstReads = this.getQueryCache()
      .findAll({ ...filters, fetchStatus: 'fetching' } as InvalidateQueryFilters)
      .filter(({ state }) => state.data === undefined);
    await super.invalidateQueries(filters, options);
    // The read that was under way is what has just been waited for.
    await Promise.all(firstReads.map(({ queryKey }) => super.invalidateQueries({ queryKey, exact: true }, options)));
  }
}

/** The one cache of server data. A session that has ended is forgotten at once, wherever it is noticed. */
export const queryClient: QueryClient = new RereadingQueryClient({
  queryCache: new QueryCache({ onError: forgetEndedSession }),
  mutationCache: new MutationCache({ onError: forgetEndedSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    },
    // What a mutation was called with may hold a secret: nothing of it is kept.
    mutations: { gcTime: 0 },
  },
});

export const sessionQueryKey = ['session'] as const;

function forgetEndedSession(error: Error): void {
  if (error instanceof ApiProblem && error.code === 'unauthenticated') queryClient.setQueryData(sessionQueryKey, null);
}

function isWorthRetrying(error: Error): boolean {
  return error instanceof ApiProblem && (error.code === 'network' || error.status >= 500);
}
