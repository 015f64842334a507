import { type Credential, type Model, type Provider, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { EditModelForm } from './edit-model-form.tsx';

export interface EditModelDialogProps {
  readonly model: Model;
  readonly onClose: () => void;
}

const noCredentials: readonly Credential[] = [];

/** Edit a custom model. Save is open without a test; the model is then marked untested. */
export function EditModelDialog({ model: given, onClose }: EditModelDialogProps) {
  // As it was opened: what somebody else changes meanwhile is no edit made here, and stays.
  const [model] = useState(given);
  const [isDirty, setIsDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => callApi(routes.listProviders, { signal }),
    staleTime: 300_000,
  });
  const saved = useQuery({ queryKey: ['credentials'], queryFn: ({ signal }) => callApi(routes.listCredentials, { signal }) });
  const provider = providers.data?.data.find((candidate: Provider) => candidate.id === model.provider);

  if (!provider) {
    return (
      <Dialog open onClose={onClose} title={`Edit ${model.display_name}`} width="large">
        {providers.error ? <ProblemAlert error={providers.error} /> : <Skeleton className="h-80" />}
      </Dialog>
    );
  }
  return (
    <>
      <EditModelForm
        model={model}
        provider={provider}
        saved={saved.data?.data ?? noCredentials}
        onDirtyChange={setIsDirty}
        onSaved={onClose}
        onClose={() => (isDirty ? setAsking(true) : onClose())}
      />
      <ConfirmDialog
        open={asking}
        title="Discard the changes?"
        action="Discard"
        danger
        onConfirm={onClose}
        onCancel={() => setAsking(false)}
      >
        The model stays as it was.
      </ConfirmDialog>
    </>
  );
}
