import { type Batch, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RadioCards } from '../../../ui/radio-cards.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { datasetsQuery } from './evaluation-queries.ts';

const formId = 'keep-batch';

/** The finished tasks of a batch become a dataset. */
export default function KeepBatchDialog({ batch, onClose }: { readonly batch: Batch; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const [name, setName] = useState(batch.name);
  const [expected, setExpected] = useState<'outputs' | 'none'>('outputs');
  const keep = useMutation({
    mutationFn: () => callApi(routes.createDatasetFromBatch, { params: { id: batch.id }, body: { name, expected } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: datasetsQuery.queryKey });
      await whileShown(() => navigate({ to: '/evaluations', search: { tab: 'datasets' } }));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== '') keep.mutate();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Keep as a dataset"
      description={`The ${batch.counts.finished.toLocaleString('en')} finished tasks, to evaluate with.`}
      footer={
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={formId} pending={keep.isPending}>
            Keep
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-4">
        <ProblemAlert error={keep.error} />
        <Field label="Name" required error={name.trim() === '' ? 'Required' : null}>
          <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </Field>
        <RadioCards
          label="Expected values"
          value={expected}
          onValueChange={setExpected}
          options={[
            { value: 'outputs', title: 'Their outputs', description: 'What has come out is what is expected from now on' },
            { value: 'none', title: 'None', description: 'Only the inputs: a judge or a schema needs no more' },
          ]}
        />
      </form>
    </Dialog>
  );
}
