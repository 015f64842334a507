import { routes } from '@pipelines/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import type { ModelListSearch } from './model-list-search.ts';

/** The models that match the filters, page by page. */
export function useModels({ search, kind, capability, status, health, credential }: ModelListSearch) {
  const filters = { search, kind, capability, status, health, credential_id: credential };
  return useInfiniteQuery({
    queryKey: ['models', 'list', filters],
    queryFn: ({ pageParam, signal }) => callApi(routes.listModels, { query: { ...filters, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
