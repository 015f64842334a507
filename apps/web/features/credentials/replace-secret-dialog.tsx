import { type Credential, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { PlugZap } from 'lucide-react';
import { callApi } from '../../api-client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ModelVerdicts } from './model-verdicts.tsx';
import { useReplaceSecret } from './use-replace-secret.ts';

export interface ReplaceSecretDialogProps {
  readonly credential: Credential;
  readonly onClose: () => void;
}

/** A new secret for the same destination: tested with every model, then tried by real calls while the old one is kept. */
export function ReplaceSecretDialog({ credential, onClose }: ReplaceSecretDialogProps) {
  const story = useReplaceSecret(credential, onClose);
  const active = credential.active_model_count;
  const providers = useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => callApi(routes.listProviders, { signal }),
    staleTime: 300_000,
  });
  const kinds = providers.data?.data.find((provider) => provider.id === credential.provider)?.auth_kinds ?? [];
  const fields = kinds.find((kind) => kind.auth_kind === credential.auth_kind)?.fields.filter((field) => field.kind !== 'headers') ?? [];
  const failed = story.verdicts?.data.some((verdict) => !verdict.passed) ?? false;
  const mustTest = active > 0 && story.verdicts === null;

  return (
    <Dialog
      open
      onClose={onClose}
      discards="The secret is not kept. The old one stays in use."
      title={`Replace ${credential.preview}`}
      description={`For ${active} active ${active === 1 ? 'model' : 'models'}, and only at ${credential.destination.base_url}.`}
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={story.error} />
          <div aria-live="polite">{story.verdicts && <ModelVerdicts test={story.verdicts} />}</div>
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button
              icon={<PlugZap aria-hidden className="size-4" />}
              pending={story.running === 'test'}
              unavailable={story.isBlank ? 'Enter the new secret.' : active === 0 ? 'No active model is there to test with.' : null}
              onClick={() => void story.test()}
            >
              Test with every model
            </Button>
            <Button
              variant={failed ? 'danger' : 'primary'}
              pending={story.running === 'replace'}
              unavailable={story.isBlank ? 'Enter the new secret.' : mustTest ? 'Test it with every model first.' : null}
              onClick={() => void story.replace()}
            >
              {failed ? 'Replace anyway' : 'Replace'}
            </Button>
          </div>
        </div>
      }
    >
      <ProblemAlert error={providers.error} onRetry={() => providers.refetch()} />
      {providers.isPending && <Skeleton className="h-20" />}
      <form noValidate autoComplete="off" className="grid gap-4" onSubmit={(event) => event.preventDefault()}>
        {fields.map((field, index) => {
          const Control = field.secret ? PasswordInput : Input;
          return (
            <Field
              key={field.name}
              label={field.label}
              required={field.required}
              help={field.help ?? (index === 0 ? 'The old secret is kept until the new one has worked in a real call.' : null)}
            >
              <Control
                mono
                placeholder={field.placeholder ?? ''}
                value={story.secret[field.name] ?? ''}
                onChange={(event) => story.type(field.name, event.target.value)}
              />
            </Field>
          );
        })}
        {kinds.some((kind) => kind.fields.some((field) => field.kind === 'headers')) && (
          <p className="text-muted text-xs">
            Extra headers belong to the secret, and go with the old one. To keep some, edit one of the models.
          </p>
        )}
      </form>
    </Dialog>
  );
}
