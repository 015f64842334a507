import { type OpenProposal, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { showToast } from '../../../ui/toast.ts';

export function usePriceHistory(slug: string) {
  return useQuery({
    queryKey: ['models', 'prices', slug],
    queryFn: ({ signal }) => callApi(routes.listModelPrices, { params: { slug }, query: { limit: 50 }, signal }),
  });
}

/** Asking the sources, and what becomes of their proposals. Each shows everywhere what it has changed. */
export function usePriceActions(slug: string) {
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['models'] });
  const check = useMutation({ mutationFn: () => callApi(routes.checkModelPrices, { params: { slug } }), onSettled });
  const accept = useMutation({
    mutationFn: ({ id }: OpenProposal) => callApi(routes.acceptPriceProposal, { params: { id } }),
    onSuccess: () => showToast({ title: 'New calls are charged at the new prices' }),
    onSettled,
  });
  const dismiss = useMutation({
    mutationFn: ({ id }: OpenProposal) => callApi(routes.dismissPriceProposal, { params: { id } }),
    onSuccess: () => showToast({ title: 'Dismissed until the source says something else' }),
    onSettled,
  });
  return { check, accept, dismiss };
}
