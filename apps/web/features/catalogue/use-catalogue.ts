import { routes } from '@pipelines/contracts';
import { keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { showToast } from '../../ui/toast.ts';

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue', 'state'],
  queryFn: ({ signal }) => callApi(routes.getCatalogue, { signal }),
});

export function useCatalogueChanges(of: 'offered' | 'all') {
  return useInfiniteQuery({
    queryKey: ['catalogue', 'changes', of],
    queryFn: ({ pageParam, signal }) => callApi(routes.listCatalogueChanges, { query: { of, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useCatalogueModels(search: string) {
  return useInfiniteQuery({
    queryKey: ['catalogue', 'models', search],
    queryFn: ({ pageParam, signal }) =>
      callApi(routes.listCatalogueModels, { query: { limit: 100, cursor: pageParam, search: search || undefined }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Reads the source now, and shows what came of it. */
export function useSyncCatalogue() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(routes.syncCatalogue, {}),
    onSuccess: async (sync) => {
      showToast({ title: sync.message, tone: sync.outcome === 'failed' ? 'bad' : 'ok' });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['catalogue'] }),
        queryClient.invalidateQueries({ queryKey: ['models'] }),
      ]);
    },
  });
}
