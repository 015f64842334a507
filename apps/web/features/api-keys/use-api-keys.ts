import { routes } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => callApi(routes.listApiKeys, { signal }),
});
