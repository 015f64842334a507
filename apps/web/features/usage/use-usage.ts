import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { type Period, periodFirstMidnight } from '../period.ts';

export interface UsageFilters {
  readonly period: Period;
  readonly slug: string | undefined;
}

/** Sums over whole UTC days, grouped. */
export function useUsage(groupBy: 'day' | 'model' | 'api_key', { period, slug }: UsageFilters) {
  return useQuery({
    queryKey: ['usage', groupBy, period, slug],
    queryFn: ({ signal }) =>
      callApi(routes.getUsage, { query: { group_by: groupBy, slug, from: periodFirstMidnight(period, Date.now()) }, signal }),
    // Rows of models are none of API keys.
    placeholderData: (before, query) => (query?.queryKey[1] === groupBy ? before : undefined),
    refetchInterval: 30_000,
  });
}
