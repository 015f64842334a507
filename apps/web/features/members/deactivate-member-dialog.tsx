import { type Member, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { showToast } from '../../ui/toast.ts';
import { useWhileShown } from '../../use-while-shown.ts';
import { membersQuery } from './use-members.ts';

export function DeactivateMemberDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const deactivate = useMutation({
    mutationFn: () => callApi(routes.deactivateMember, { params: { id: member.id } }),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
      ]);
      showToast({ title: `${member.name} has been deactivated.` });
      whileShown(onClose);
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      title={`Deactivate ${member.name}?`}
      action="Deactivate"
      pending={deactivate.isPending}
      error={deactivate.error?.message}
      onConfirm={() => deactivate.mutate()}
      onCancel={onClose}
    >
      Their sessions end at once, and the API keys that they made are revoked: programs that use those are refused.
    </ConfirmDialog>
  );
}
