import { type Dataset, type Evaluation, routes, type WorkflowSummary } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';

const pollMs = 1_500;

export const evaluationQuery = (id: string) =>
  queryOptions({
    queryKey: ['evaluations', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getEvaluation, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : pollMs),
  });

export function isOver(evaluation: Pick<Evaluation, 'finished_at'>): boolean {
  return evaluation.finished_at !== null;
}

/** All datasets, newest first, at most a thousand. */
export const datasetsQuery = queryOptions({
  queryKey: ['datasets', 'list'],
  queryFn: async ({ signal }): Promise<readonly Dataset[]> => {
    const datasets: Dataset[] = [];
    let cursor: string | undefined;
    do {
      const page = await callApi(routes.listDatasets, { query: { limit: 200, cursor }, signal });
      datasets.push(...page.data);
      cursor = page.next_cursor ?? undefined;
    } while (cursor && datasets.length < 1_000);
    return datasets;
  },
});

/** Workflows that have been published, last changed first: what can be evaluated. */
export const publishedWorkflowsQuery = queryOptions({
  queryKey: ['workflows', 'published'],
  queryFn: async ({ signal }): Promise<readonly WorkflowSummary[]> => {
    const page = await callApi(routes.listWorkflows, { query: { limit: 200 }, signal });
    return page.data.filter((workflow) => workflow.published_version !== null);
  },
});
