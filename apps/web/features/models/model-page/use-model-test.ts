import { type Model, routes } from '@pipelines/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { useConnectionTest } from '../connection-form/use-connection-test.ts';

/** Tests the model as it is stored, and lets every view of it know how it went. */
export function useModelTest(model: Model) {
  const test = useConnectionTest();
  const queryClient = useQueryClient();
  async function run(): Promise<void> {
    const result = await test.run('stored', (signal) => callApi(routes.testModel, { params: { slug: model.slug }, body: {}, signal }));
    if (result) await queryClient.invalidateQueries({ queryKey: ['models'] });
  }
  return { state: test.state, run, cancel: test.cancel, reset: test.reset };
}
