import { type Batch, type Model, routes, type StepModel, type TaskState, type ToolEndpoint } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';

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

/** Every model of the registry, deactivated ones too, kept true: a model edited elsewhere shows at its steps within 5 s. */
export const stepModelsQuery = queryOptions({
  queryKey: ['models', 'steps'],
  queryFn: async ({ signal }): Promise<readonly Model[]> => {
    const [active, deactivated] = await Promise.all([listAllModels(undefined, signal), listAllModels('deactivated', signal)]);
    return [...new Map([...deactivated, ...active].map((model) => [model.slug, model])).values()];
  },
  refetchInterval: 4_000,
});

async function listAllModels(status: 'deactivated' | undefined, signal: AbortSignal): Promise<readonly Model[]> {
  const models: Model[] = [];
  let cursor: string | undefined;
  do {
    const page = await callApi(routes.listModels, { query: { limit: 200, cursor, status, task: 'chat' }, signal });
    models.push(...page.data);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return models;
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
