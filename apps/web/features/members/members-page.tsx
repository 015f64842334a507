import type { Member } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { LimitsDialog } from '../../limits/limits-dialog.tsx';
import { useMay } from '../../session-query.ts';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeactivateMemberDialog } from './deactivate-member-dialog.tsx';
import { InvitationsTable } from './invitations-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MembersTable } from './members-table.tsx';
import { invitationsQuery, membersQuery } from './use-members.ts';

/** The people of the organization, and who is invited. */
export function MembersPage() {
  const mayWrite = useMay('members:write');
  const members = useQuery(membersQuery);
  const invitations = useQuery({ ...invitationsQuery, enabled: mayWrite });
  const [inviting, setInviting] = useState(false);
  const [limited, setLimited] = useState<Member | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const open = invitations.data?.data ?? [];

  return (
    <>
      <PageHeader
        title="People"
        description="Who belongs to your organization, and what each may do."
        actions={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden className="size-4" />}
            unavailable={mayWrite ? null : 'Only admins invite people.'}
            onClick={() => setInviting(true)}
          >
            Invite
          </Button>
        }
      />
      <ProblemAlert
        error={members.error ?? invitations.error}
        onRetry={() => Promise.all([members.refetch(), mayWrite && invitations.refetch()])}
      />
      {members.isPending && <Skeleton className="h-48 w-full" />}
      {members.data && <MembersTable members={members.data.data} mayWrite={mayWrite} onDeactivate={setLeaving} onLimits={setLimited} />}
      {open.length > 0 && (
        <section aria-labelledby="invitations" className="mt-8">
          <h2 id="invitations" className="mb-3 font-medium">
            Open invitations
          </h2>
          <InvitationsTable invitations={open} />
        </section>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {limited && <LimitsDialog subject={{ type: 'member', id: limited.id }} name={limited.name} onClose={() => setLimited(null)} />}
      {leaving && <DeactivateMemberDialog member={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}
