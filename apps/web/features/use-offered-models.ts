import { type Model, routes } from '@pipelines/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '../api-client.ts';

/** What a list answers at once; the rest is found by typing. */
const firstModels = 200;

/** The first chat models of the registry, and the named one: what a choice of a model opens with. */
export function useOfferedModels(slug: string | null) {
  return useQuery({
    queryKey: ['models', 'offered', slug],
    queryFn: async ({ signal }): Promise<readonly Model[]> => {
      const page = await callApi(routes.listModels, { query: { limit: firstModels, task: 'chat' }, signal });
      if (slug === null || page.data.some((model) => model.slug === slug)) return page.data;
      const named = await callApi(routes.listModels, { query: { limit: 1, slugs: slug }, signal });
      return [...page.data, ...named.data];
    },
    placeholderData: keepPreviousData,
  });
}
