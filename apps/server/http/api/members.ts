import type { Identity } from '@pipelines/identity';
import { openSession, type SessionDependencies } from './open-session.ts';
import type { Handlers } from './route-table.ts';

export interface MembersDependencies extends SessionDependencies {
  readonly identity: Pick<
    Identity,
    'listMembers' | 'updateMember' | 'deactivateMember' | 'listInvitations' | 'inviteMember' | 'revokeInvitation' | 'acceptInvitation'
  >;
}

type MemberOperation = 'listMembers' | 'updateMember' | 'deactivateMember';
type InvitationOperation = 'listInvitations' | 'createInvitation' | 'revokeInvitation' | 'acceptInvitation';

export function memberHandlers({ identity, cookie }: MembersDependencies): Handlers<MemberOperation | InvitationOperation> {
  return {
    listMembers: async ({ principal }) => ({ data: await identity.listMembers(principal.organizationId) }),
    updateMember: ({ principal, params, body }) => identity.updateMember(principal, params.id, body),
    deactivateMember: ({ principal, params }) => identity.deactivateMember(principal, params.id),
    listInvitations: async ({ principal }) => ({ data: await identity.listInvitations(principal.organizationId) }),
    createInvitation: ({ principal, body }) => identity.inviteMember(principal, body),
    revokeInvitation: ({ principal, params }) => identity.revokeInvitation(principal, params.id),
    acceptInvitation: async (call) => openSession(call, await identity.acceptInvitation(call.body, call.origin), cookie),
  };
}
