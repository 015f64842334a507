import { type ModelChange, type ModelImpact, routes } from '@pipelines/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';

/** Whom a change would affect. The change itself never holds a secret. */
function impactQuery(slug: string, change: ModelChange) {
  return queryOptions({
    queryKey: ['models', 'impact', slug, change],
    queryFn: ({ signal }) => callApi(routes.getModelImpact, { params: { slug }, body: change, signal }),
  });
}

/** @param change null: nothing is about to change */
export function useImpact(slug: string, change: ModelChange | null) {
  return useQuery({
    ...impactQuery(slug, change ?? { kind: 'edit' }),
    enabled: change !== null,
    placeholderData: keepPreviousData,
  });
}

/** Such as “2 workflows and 1 API key”. */
export function countAffected({ workflows, api_keys }: Pick<ModelImpact, 'workflows' | 'api_keys'>): string {
  const parts = [countOf(workflows.length, 'workflow'), countOf(api_keys?.length ?? 0, 'API key')];
  return parts.filter((part) => part !== null).join(' and ');
}

function countOf(count: number, noun: string): string | null {
  return count === 0 ? null : `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
