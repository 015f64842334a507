import { type ModelRouting, routes, type UpdateModelRoutingBody } from '@pipelines/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { keepAnswer } from '../../../keep-answer.ts';
import { showToast } from '../../../ui/toast.ts';

/** Followed while it is looked at: routes rest and serve again by themselves. */
export function routingQuery(slug: string) {
  return queryOptions({
    queryKey: ['models', 'routing', slug],
    queryFn: ({ signal }) => callApi(routes.getModelRouting, { params: { slug }, signal }),
    refetchInterval: 5_000,
  });
}

/** Saves a part of a model's routing, and shows what holds from then on. */
export function useUpdateRouting(slug: string) {
  const keep = useKeepRouting(slug);
  return useMutation({
    mutationFn: (body: UpdateModelRoutingBody) => callApi(routes.updateModelRouting, { params: { slug }, body }),
    onSuccess(routing) {
      keep(routing);
      showToast({ title: 'Saved. It holds from the next call on.' });
    },
  });
}

/** What a change has answered is what the page shows. */
export function useKeepRouting(slug: string): (routing: ModelRouting) => void {
  const queryClient = useQueryClient();
  return (routing) => {
    keepAnswer(queryClient, routingQuery(slug).queryKey, routing);
    void queryClient.invalidateQueries({ queryKey: ['credentials'] });
  };
}
