import { type Model, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { AddModelForm } from './add-model-form.tsx';

export interface AddModelDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onCreated: (model: Model) => void;
}

/** Add a custom model: connect, prove that it works, save. Leaving with typed content asks first. */
export default function AddModelDialog({ open, onClose, onCreated }: AddModelDialogProps) {
  const [isDirty, setIsDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => callApi(routes.listProviders, { signal }),
    staleTime: 300_000,
    enabled: open,
  });
  const saved = useQuery({
    queryKey: ['credentials'],
    queryFn: ({ signal }) => callApi(routes.listCredentials, { signal }),
    enabled: open,
  });

  function leave() {
    setAsking(false);
    setIsDirty(false);
    onClose();
  }

  if (!open) return null;
  if (!providers.data || !saved.data) {
    return (
      <Dialog open onClose={onClose} title="Add custom model" width="large">
        {providers.error || saved.error ? <ProblemAlert error={providers.error ?? saved.error} /> : <Skeleton className="h-96" />}
      </Dialog>
    );
  }
  return (
    <>
      <AddModelForm
        providers={providers.data.data}
        saved={saved.data.data}
        onDirtyChange={setIsDirty}
        onClose={() => (isDirty ? setAsking(true) : leave())}
        onCreated={(model) => {
          setIsDirty(false);
          onCreated(model);
        }}
      />
      <ConfirmDialog open={asking} title="Discard this model?" action="Discard" danger onConfirm={leave} onCancel={() => setAsking(false)}>
        What you have typed, secrets included, is not saved.
      </ConfirmDialog>
    </>
  );
}
