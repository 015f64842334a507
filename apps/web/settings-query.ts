import { routes } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from './api-client.ts';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => callApi(routes.getSettings, { signal }),
});
