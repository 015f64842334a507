import { routes, type ToolEndpointDetail } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { showToast } from '../../../ui/toast.ts';
import { toolEndpointQuery } from '../tool-queries.ts';

/** Reads the tools of the endpoint again. */
export function useRefresh(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(routes.refreshToolEndpoint, { params: { id } }),
    onSuccess: async ({ endpoint }) => {
      queryClient.setQueryData(toolEndpointQuery(id).queryKey, endpoint);
      await queryClient.invalidateQueries({ queryKey: ['tool-endpoints'] });
    },
  });
}

export function useSwitchEndpoint({ id, enabled }: Pick<ToolEndpointDetail, 'id' | 'enabled'>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(routes.updateToolEndpoint, { params: { id }, body: { enabled: !enabled } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tool-endpoints'] }),
    onError: (error) => showToast({ tone: 'bad', title: 'It was not switched.', description: error.message }),
  });
}

/** Offers one tool to pipelines, or takes it back. */
export function useSwitchTool(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tool: { readonly name: string; readonly enabled: boolean }) =>
      callApi(routes.updateToolEndpoint, { params: { id }, body: { tools: [tool] } }),
    onSuccess: async (endpoint) => {
      queryClient.setQueryData(toolEndpointQuery(id).queryKey, endpoint);
      await queryClient.invalidateQueries({ queryKey: ['tool-endpoints'] });
    },
  });
}
