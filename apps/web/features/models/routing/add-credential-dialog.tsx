import { type Credential, type Model, type Provider, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { PlugZap } from 'lucide-react';
import { FormProvider } from 'react-hook-form';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { CredentialFields } from '../connection-form/credential-fields.tsx';
import { DestinationFields } from '../connection-form/destination-fields.tsx';
import { TestResult } from '../connection-form/test-result.tsx';
import { useAddCredential } from './use-add-credential.ts';

export interface AddCredentialDialogProps {
  readonly model: Model;
  readonly onClose: () => void;
}

/** Another credential for the same model: of the same provider, wherever it is entered for, and tested before it serves. */
export function AddCredentialDialog({ model, onClose }: AddCredentialDialogProps) {
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => callApi(routes.listProviders, { signal }),
    staleTime: 300_000,
  });
  const saved = useQuery({ queryKey: ['credentials'], queryFn: ({ signal }) => callApi(routes.listCredentials, { signal }) });
  const provider = providers.data?.data.find((candidate: Provider) => candidate.id === model.provider);
  if (provider && saved.data) return <AddCredentialForm model={model} provider={provider} saved={saved.data.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title="Add a credential">
      {providers.error || saved.error ? <ProblemAlert error={providers.error ?? saved.error} /> : <Skeleton className="h-40" />}
    </Dialog>
  );
}

interface AddCredentialFormProps extends AddCredentialDialogProps {
  readonly provider: Provider;
  readonly saved: readonly Credential[];
}

function AddCredentialForm({ model, provider, saved, onClose }: AddCredentialFormProps) {
  const story = useAddCredential(model, provider, onClose);
  const others = saved.filter(({ id }) => id !== model.credential?.id);
  return (
    <Dialog
      open
      onClose={onClose}
      discards="What you have typed, secrets included, is not saved."
      title="Add a credential"
      description={`For ${model.display_name}. It goes only where it is entered for.`}
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={story.error} />
          <TestResult
            state={story.test.state}
            currentKey={story.key}
            idleText="It serves once a test of it has passed."
            passedText={null}
            onApply={() => undefined}
            onCancel={story.test.cancel}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button
              icon={<PlugZap aria-hidden className="size-4" />}
              pending={story.test.state.phase === 'running'}
              onClick={() => void story.runTest()}
            >
              Test connection
            </Button>
            <Button variant="primary" pending={story.isSaving} unavailable={story.closed} onClick={() => void story.save()}>
              Add credential
            </Button>
          </div>
        </div>
      }
    >
      <FormProvider {...story.form}>
        <form noValidate autoComplete="off" className="grid gap-4" onSubmit={(event) => event.preventDefault()}>
          <DestinationFields provider={provider} />
          <CredentialFields provider={provider} saved={others} />
        </form>
      </FormProvider>
    </Dialog>
  );
}
