import { type Model, routes } from '@pipelines/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '../api-client.ts';
import { useSettled } from '../use-settled.ts';

/**
 * At most 30 models whose name, slug or ID holds what is typed, asked for once the typing pauses.
 *
 * @param typed what stands in the field
 */
export function useModelSuggestions(typed: string): readonly Model[] {
  const search = useSettled(typed.trim());
  const models = useQuery({
    queryKey: ['models', 'filter', search],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: 30, search }, signal }),
    placeholderData: keepPreviousData,
  });
  return models.data?.data ?? [];
}
