import { type Batch, type Graph, type Model, routes, type StepModel, type TaskState, type ToolEndpoint } from '@pipelines/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { settingsQuery } from '../../settings-query.ts';

export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflows', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getWorkflow, { params: { id }, signal }),
    // A draft is always begun from what the server has now: an old revision would be a conflict.
    gcTime: 0,
  });

export const workflowVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflows', 'versions', id],
    queryFn: ({ signal }) => callApi(routes.listWorkflowVersions, { params: { id }, signal }),
  });

/** A published version never changes. */
export const workflowVersionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['workflows', 'version', id, version],
    queryFn: ({ signal }) => callApi(routes.getWorkflowVersion, { params: { id, version: String(version) }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The most that a list answers at once. */
const firstModels = 200;

/**
 * The models that a graph may need: the first two hundred of the registry, with the default one, and those that it names,
 * deactivated ones too. Kept true: a model edited elsewhere shows at its steps within 5 s.
 */
export const stepModelsQuery = (slugs: readonly string[]) => {
  const named = [...new Set(slugs)].sort();
  return queryOptions({
    queryKey: ['models', 'steps', named],
    queryFn: async ({ signal, client }): Promise<readonly Model[]> => {
      const [page, settings] = await Promise.all([
        callApi(routes.listModels, { query: { limit: firstModels, task: 'chat' }, signal }),
        client.ensureQueryData(settingsQuery),
      ]);
      const known = new Set(page.data.map(({ slug }) => slug));
      const missing = [...named, settings.default_model].filter((slug) => slug !== null && !known.has(slug));
      if (missing.length === 0) return page.data;
      const rest = await callApi(routes.listModels, { query: { limit: firstModels, slugs: missing.join(',') }, signal });
      return [...page.data, ...rest.data];
    },
    refetchInterval: 4_000,
    placeholderData: keepPreviousData,
  });
};

/** The models that a graph names. */
export function namedModels(graph: Graph | null | undefined): readonly string[] {
  const llmSteps = (graph?.steps ?? []).filter((step) => step.kind === 'llm');
  return llmSteps.flatMap(({ config }) => [config.model, config.fallback_model]).filter((slug) => slug !== null);
}

/** Every tool endpoint with the names of its tools, kept true like the models. */
export const stepEndpointsQuery = queryOptions({
  queryKey: ['tool-endpoints', 'steps'],
  queryFn: async ({ signal }): Promise<readonly ToolEndpoint[]> => {
    const endpoints: ToolEndpoint[] = [];
    let cursor: string | undefined;
    do {
      const page = await callApi(routes.listToolEndpoints, { query: { limit: 200, cursor }, signal });
      endpoints.push(...page.data);
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    return endpoints;
  },
  refetchInterval: 4_000,
});

export function modelsBySlug(models: readonly Model[]): ReadonlyMap<string, StepModel> {
  return new Map(models.map((model) => [model.slug, model]));
}

const ended: ReadonlySet<TaskState> = new Set(['finished', 'escalated', 'quarantined', 'failed', 'canceled']);
const pollMs = 2_000;

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getTask, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && ended.has(state.data.state) ? false : pollMs),
  });

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['batches', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getBatch, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isBatchOver(state.data) ? false : pollMs),
  });

export const batchesQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['batches', 'of', workflowId],
    queryFn: ({ signal }) => callApi(routes.listBatches, { params: { id: workflowId }, signal }),
    refetchInterval: ({ state }) => (state.data?.data.every(isBatchOver) ? false : pollMs),
  });

function isBatchOver(batch: Pick<Batch, 'state'>): boolean {
  return batch.state === 'finished' || batch.state === 'canceled';
}
