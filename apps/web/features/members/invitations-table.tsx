import { type Invitation, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { showToast } from '../../ui/toast.ts';
import { roleNames } from '../role-names.ts';
import { invitationsQuery } from './use-members.ts';

export function InvitationsTable({ invitations }: { readonly invitations: readonly Invitation[] }) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: (invitation: Invitation) => callApi(routes.revokeInvitation, { params: { id: invitation.id } }),
    onSuccess: (_, invitation) => showToast({ title: `The invitation of ${invitation.email} was taken back.` }),
    onError: (error) => showToast({ title: 'The invitation was not taken back.', description: error.message, tone: 'bad' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  return (
    <Table label="Open invitations">
      <TableHead card>
        <Th lead>Email</Th>
        <Th>Role</Th>
        <Th>Invited</Th>
        <Th>Ends</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </TableHead>
      <tbody>
        {invitations.map((invitation) => (
          <Tr card key={invitation.id}>
            <Td place="lead" className="max-w-72 truncate">
              {invitation.email}
            </Td>
            <Td>{roleNames[invitation.role]}</Td>
            <Td label="Invited" className="text-muted">
              <RelativeTime at={invitation.created_at} />
            </Td>
            <Td label="Ends" className="text-muted">
              <RelativeTime at={invitation.expires_at} />
            </Td>
            <Td place="beside" className="text-right">
              <Button
                size="small"
                variant="ghost"
                aria-label={`Take back the invitation of ${invitation.email}`}
                pending={revoke.isPending && revoke.variables.id === invitation.id}
                onClick={() => revoke.mutate(invitation)}
              >
                Take back
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
