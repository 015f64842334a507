import { routes, type ToolEndpoint } from '@pipelines/contracts';
import { queryOptions } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';

/** Every endpoint of the organization, newest first. */
export const toolEndpointsQuery = queryOptions({
  queryKey: ['tool-endpoints', 'all'],
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
});

export const toolEndpointQuery = (id: string) =>
  queryOptions({
    queryKey: ['tool-endpoints', 'one', id],
    queryFn: ({ signal }) => callApi(routes.getToolEndpoint, { params: { id }, signal }),
  });

export const toolDependentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tool-endpoints', 'dependents', id],
    queryFn: ({ signal }) => callApi(routes.listToolDependents, { params: { id }, signal }),
  });
