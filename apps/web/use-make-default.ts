import { type Model, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from './api-client.ts';
import { settingsQuery } from './settings-query.ts';
import { showToast } from './ui/toast.ts';

/** Makes a model the one that a new step or chat starts with. */
export function useMakeDefault() {
  const queryClient = useQueryClient();
  return useMutation({
    // One after the other: the last choice is the one that stands.
    scope: { id: 'default-model' },
    mutationFn: (model: Pick<Model, 'slug' | 'display_name'>) => callApi(routes.updateSettings, { body: { default_model: model.slug } }),
    onSuccess: (_, model) => showToast({ title: `${model.display_name} is the default model now.` }),
    onError: (error) => showToast({ title: 'The default model was not changed.', description: error.message, tone: 'bad' }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['models'] }),
        queryClient.invalidateQueries({ queryKey: settingsQuery.queryKey }),
      ]),
  });
}
