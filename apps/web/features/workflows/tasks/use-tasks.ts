import { routes, type Task, type TaskState } from '@pipelines/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';

export interface TaskFilters {
  readonly workflowId: string;
  readonly batchId?: string | undefined;
  readonly state?: TaskState | undefined;
}

/** Tasks of a workflow or of one of its batches, newest first, page by page; asked for again while something runs, and until no row shown says that it does. */
export function useTasks({ workflowId, batchId, state }: TaskFilters, isRunning: boolean) {
  return useInfiniteQuery({
    queryKey: ['tasks', 'list', workflowId, batchId ?? null, state ?? null],
    queryFn: ({ pageParam, signal }) =>
      callApi(routes.listTasks, {
        params: { id: workflowId },
        query: { limit: 100, cursor: pageParam, batch_id: batchId, state },
        signal,
      }),
    enabled: workflowId !== '',
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (isRunning || data?.pages.some((page) => page.data.some(isUnderWay)) ? 2_000 : false),
  });
}

/** The batch may be over a moment after its rows were read. A paused one changes by a click, which asks again. */
function isUnderWay(task: Task): boolean {
  return task.state === 'in_progress';
}
