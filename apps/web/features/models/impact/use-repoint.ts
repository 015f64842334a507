import { type Repoint, routes } from '@pipelines/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { showToast } from '../../../ui/toast.ts';

/** What a repoint would do, without doing it. */
export function repointPreviewQuery(from: string, to: string | null) {
  return queryOptions({
    queryKey: ['models', 'repoint-preview', from, to],
    queryFn: ({ signal }) => callApi(routes.repointModel, { params: { slug: from }, body: { to: to ?? '', dry_run: true }, signal }),
    enabled: to !== null,
  });
}

export function repointsQuery(slug: string) {
  return queryOptions({
    queryKey: ['models', 'repoints', slug],
    queryFn: ({ signal }) => callApi(routes.listRepoints, { params: { slug }, signal }),
  });
}

export interface RepointOrder {
  readonly to: string;
  /** Left out: all. */
  readonly workflows?: string[];
  readonly apiKeys?: string[];
}

export function useRepoint(from: string, onDone: (repoint: Repoint) => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ to, workflows, apiKeys }: RepointOrder) =>
      callApi(routes.repointModel, {
        params: { slug: from },
        body: { to, ...(workflows && { workflows }), ...(apiKeys && { api_keys: apiKeys }) },
      }),
    onSuccess: async (repoint) => {
      await refresh();
      onDone(repoint);
    },
  });
}

export function useUndoRepoint() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ from, id }: { readonly from: string; readonly id: string }) =>
      callApi(routes.undoRepoint, { params: { slug: from, id } }),
    onSuccess: async ({ workflows, api_keys }) => {
      await refresh();
      const kept = [...workflows.filter(({ messages }) => messages.length > 0), ...api_keys.filter(({ outcome }) => outcome === 'kept')];
      if (kept.length === 0) showToast({ title: 'Undone: everything is as it was before' });
      else
        showToast({
          title: 'Undone, except for what has been changed since',
          description: `${kept.map(({ name }) => name).join(', ')}: kept.`,
        });
    },
    onError: (error) => showToast({ tone: 'bad', title: error.message }),
  });
}

function useRefresh() {
  const queryClient = useQueryClient();
  return () => Promise.all(['models', 'workflows', 'api-keys'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

/** What a repoint has done, in one sentence. */
export function describeRepoint({ workflows, api_keys }: Pick<Repoint, 'workflows' | 'api_keys'>): string {
  const moved = workflows.filter(({ published, draft }) => published === 'repointed' || draft === 'repointed').length;
  const refused = workflows.filter(({ published, draft }) => published === 'refused' || draft === 'refused').length;
  const keys = api_keys.filter(({ outcome }) => outcome === 'repointed').length;
  const parts = [
    `${moved} ${moved === 1 ? 'workflow' : 'workflows'} repointed`,
    ...(keys > 0 ? [`${keys} API ${keys === 1 ? 'key' : 'keys'} repointed`] : []),
    ...(refused > 0 ? [`${refused} ${refused === 1 ? 'stays' : 'stay'}: the model lacks what they need`] : []),
  ];
  return `${parts.join(', ')}.`;
}
