import { routes } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';

export const schedulesQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ['schedules', 'of', workflowId],
    queryFn: ({ signal }) => callApi(routes.listSchedules, { params: { id: workflowId }, signal }),
    refetchInterval: 5_000,
  });

export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: ['schedules', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getSchedule, { params: { id }, signal }),
    // A dialog begins with what the server has now.
    gcTime: 0,
  });
