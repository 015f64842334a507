import { type Member, type MemberRole, memberRoles, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { sessionQuery, useSession } from '../../session-query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Select } from '../../ui/select.tsx';
import { Status } from '../../ui/status.tsx';
import { Table, TableHead, Td, Th, Tr } from '../../ui/table.tsx';
import { showToast } from '../../ui/toast.ts';
import { roleNames } from '../role-names.ts';
import { membersQuery } from './use-members.ts';

export interface MembersTableProps {
  readonly members: readonly Member[];
  readonly mayWrite: boolean;
  readonly onDeactivate: (member: Member) => void;
  readonly onLimits: (member: Member) => void;
}

export function MembersTable({ members, ...rest }: MembersTableProps) {
  return (
    <Table label="People">
      <TableHead card>
        <Th lead>Name</Th>
        <Th>Role</Th>
        <Th className="@max-4xl:hidden">Joined</Th>
        <Th className="@max-3xl:hidden">Last seen</Th>
        <Th className="@max-2xl:hidden">Status</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </TableHead>
      <tbody>
        {members.map((member) => (
          <MemberRow key={member.id} member={member} {...rest} />
        ))}
      </tbody>
    </Table>
  );
}

interface MemberRowProps extends Omit<MembersTableProps, 'members'> {
  readonly member: Member;
}

function MemberRow({ member, mayWrite, onDeactivate, onLimits }: MemberRowProps) {
  const isSelf = useSession()?.member.id === member.id;
  const reason = mayWrite ? (isSelf ? 'You cannot deactivate yourself.' : null) : 'Only admins deactivate people.';
  return (
    <Tr card>
      <Td place="lead" className="max-w-72">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{member.name}</span>
          {isSelf && <Badge tone="accent">You</Badge>}
        </div>
        <div className="truncate text-muted text-xs">{member.email}</div>
      </Td>
      <Td place="beside">{mayWrite && member.active ? <RoleSelect member={member} /> : roleNames[member.role]}</Td>
      <Td className="text-muted @max-4xl:hidden">
        <RelativeTime at={member.created_at} />
      </Td>
      <Td className="text-muted @max-3xl:hidden">{member.last_seen_at ? <RelativeTime at={member.last_seen_at} /> : 'never'}</Td>
      <Td className="@max-2xl:hidden @max-xl:block">
        {member.active ? <Status tone="ok">Active</Status> : <Status tone="off">Deactivated</Status>}
      </Td>
      <Td className="whitespace-nowrap text-right @max-xl:ml-auto">
        <Button size="small" variant="ghost" aria-label={`Limits of ${member.name}`} onClick={() => onLimits(member)}>
          Limits
        </Button>
        {member.active && (
          <Button
            size="small"
            variant="ghost"
            aria-label={`Deactivate ${member.name}`}
            unavailable={reason}
            onClick={() => onDeactivate(member)}
          >
            Deactivate
          </Button>
        )}
      </Td>
    </Tr>
  );
}

function RoleSelect({ member }: { readonly member: Member }) {
  const queryClient = useQueryClient();
  const update = useMutation({
    // One after the other: the last choice is the one that stands.
    scope: { id: `role ${member.id}` },
    mutationFn: (role: MemberRole) => callApi(routes.updateMember, { params: { id: member.id }, body: { role } }),
    onSuccess: (changed) => showToast({ title: `${changed.name} is ${roleNames[changed.role].toLowerCase()} now.` }),
    onError: (error) => showToast({ title: 'The role was not changed.', description: error.message, tone: 'bad' }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]),
  });
  return (
    <Select
      label={`Role of ${member.name}`}
      className="w-32"
      value={update.isPending ? update.variables : member.role}
      onValueChange={(role) => role !== member.role && update.mutate(role)}
      options={memberRoles.map((role) => ({ value: role, label: roleNames[role] }))}
    />
  );
}
