import { type ApiKey, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { showToast } from '../../ui/toast.ts';
import { useWhileShown } from '../../use-while-shown.ts';
import { apiKeysQuery } from './use-api-keys.ts';

export function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const revoke = useMutation({
    mutationFn: () => callApi(routes.revokeApiKey, { params: { id: apiKey.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
      showToast({ title: `${apiKey.name} has been revoked.` });
      whileShown(onClose);
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      title={`Revoke ${apiKey.name}?`}
      action="Revoke"
      pending={revoke.isPending}
      error={revoke.error?.message}
      onConfirm={() => revoke.mutate()}
      onCancel={onClose}
    >
      Programs that use <code className="font-mono text-xs">ppl_…{apiKey.last_four}</code> are refused at once. This cannot be undone.
    </ConfirmDialog>
  );
}
