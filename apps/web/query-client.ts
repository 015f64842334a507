import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-client.ts';

/** The one cache of server data. A session that has ended is forgotten at once, wherever it is noticed. */
export const queryClient: QueryClient = new QueryClient({
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
