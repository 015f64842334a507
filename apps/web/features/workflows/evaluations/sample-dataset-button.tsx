import { routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.ts';
import { datasetsQuery } from './evaluation-queries.ts';
import { sampleRows } from './sample-rows.ts';

/** Keeps a dozen support tickets as a dataset: what the template "Support tickets" of pipelines takes. */
export function SampleDatasetButton() {
  const queryClient = useQueryClient();
  const mayWrite = useMay('workflows:write');
  const create = useMutation({
    mutationFn: () => callApi(routes.createDataset, { query: {}, body: { name: 'Sample tickets', rows: sampleRows } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey }),
    onError: (error) => showToast({ title: 'The dataset was not made.', description: error.message, tone: 'bad' }),
  });
  return (
    <Button unavailable={mayWrite ? null : 'Your role does not make datasets.'} pending={create.isPending} onClick={() => create.mutate()}>
      Use sample tickets
    </Button>
  );
}
