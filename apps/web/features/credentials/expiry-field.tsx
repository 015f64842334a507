import { type Credential, routes } from '@pipelines/contracts';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { showToast } from '../../ui/toast.ts';
import { useEdits } from '../../use-edits.ts';
import { useRefreshCredentials } from './use-credentials.ts';

export interface ExpiryFieldProps {
  readonly credential: Credential;
  readonly mayWrite: boolean;
}

/** The day on which the secret ends: told by the secret itself, or typed, so that the lists can warn. */
export function ExpiryField({ credential, mayWrite }: ExpiryFieldProps) {
  const isTold = credential.expires_at !== null && !credential.expiry_typed;
  const stored = credential.expires_at?.slice(0, 10) ?? '';
  const { values, isEdited, edit } = useEdits({ day: stored });
  const { day } = values;
  const refresh = useRefreshCredentials();
  const save = useMutation({
    mutationFn: () =>
      callApi(routes.updateCredential, {
        params: { id: credential.id },
        body: { expires_at: day === '' ? null : `${day}T00:00:00Z` },
      }),
    onSuccess: async () => {
      await refresh();
      showToast({ title: day === '' ? 'No end is known any more' : 'The end is noted' });
    },
  });
  return (
    <form
      className="flex items-start gap-2 border-line border-t py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (mayWrite && !isTold && isEdited) save.mutate();
      }}
    >
      <Field
        className="flex-1"
        label="Ends on"
        help={isTold ? 'The secret itself tells its end.' : 'Lists warn seven days before. Leave it blank if it does not end.'}
        error={save.error?.message}
      >
        <Input type="date" value={day} readOnly={isTold || !mayWrite} onChange={(event) => edit({ day: event.target.value })} />
      </Field>
      <div className="mt-6.5">
        <Button type="submit" pending={save.isPending} unavailable={whyNotSaved(mayWrite, isTold, !isEdited)}>
          Save end
        </Button>
      </div>
    </form>
  );
}

function whyNotSaved(mayWrite: boolean, isTold: boolean, isUnchanged: boolean): string | null {
  if (!mayWrite) return 'Only admins change credentials.';
  if (isTold) return 'The secret itself tells its end.';
  return isUnchanged ? 'Nothing has been changed.' : null;
}
