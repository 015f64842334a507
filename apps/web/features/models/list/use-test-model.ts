import { type Model, routes } from '@pipelines/contracts';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { showToast } from '../../../ui/toast.ts';

const testKey = ['models', 'test'];

/** Tests a stored model and says in passing how it went. */
export function useTestModel() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: testKey,
    mutationFn: (model: Pick<Model, 'slug' | 'display_name'>) => callApi(routes.testModel, { params: { slug: model.slug }, body: {} }),
    onSuccess: (test, model) => {
      if (test.passed) showToast({ title: `${model.display_name} answered in ${test.latency_ms} ms.` });
      else showToast({ title: test.message, ...(test.fix ? { description: test.fix } : {}), tone: 'bad' });
    },
    onError: (error) => showToast({ title: 'The test could not be run.', description: error.message, tone: 'bad' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['models'] }),
  });
}

/** The slugs of the models that are being tested right now. */
export function useTestingSlugs(): readonly string[] {
  return useMutationState({
    filters: { mutationKey: testKey, status: 'pending' },
    select: (mutation) => (mutation.state.variables as Pick<Model, 'slug'>).slug,
  });
}
