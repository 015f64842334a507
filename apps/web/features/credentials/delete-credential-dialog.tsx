import { type Credential, routes } from '@pipelines/contracts';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { showToast } from '../../ui/toast.ts';
import { useWhileShown } from '../../use-while-shown.ts';
import { useRefreshCredentials } from './use-credentials.ts';

export interface DeleteCredentialDialogProps {
  readonly credential: Credential;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

export function DeleteCredentialDialog({ credential, onClose, onDeleted }: DeleteCredentialDialogProps) {
  const refresh = useRefreshCredentials();
  const whileShown = useWhileShown();
  const remove = useMutation({
    mutationFn: () => callApi(routes.deleteCredential, { params: { id: credential.id } }),
    onSuccess: () => {
      whileShown(onDeleted);
      showToast({ title: `${credential.preview} has been deleted` });
      void refresh();
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      title={`Delete ${credential.preview}?`}
      action="Delete credential"
      pending={remove.isPending}
      error={remove.error?.message}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      The secret is overwritten. A deactivated model that used it asks for another one when it is taken back. This cannot be undone.
    </ConfirmDialog>
  );
}
