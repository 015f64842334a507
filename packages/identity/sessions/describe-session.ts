import { isAllowed, type MemberRole, type Principal, permissions, type Session } from '@pipelines/contracts';

/** A person with an open session: what a request of the page is made as. */
export interface SignedInMember {
  readonly sessionId: string;
  readonly principal: Principal;
  readonly session: Session;
}

/** What `sign-in` and its like hand back: who it is, and the token for the cookie. */
export interface OpenedSession extends SignedInMember {
  readonly token: string;
}

export interface SessionParts {
  readonly sessionId: string;
  readonly expiresAt: Date;
  readonly organization: { readonly id: string; readonly name: string };
  readonly member: { readonly id: string; readonly name: string; readonly email: string; readonly role: MemberRole };
}

export function describeSession({ sessionId, expiresAt, organization, member }: SessionParts): SignedInMember {
  return {
    sessionId,
    principal: { organizationId: organization.id, actor: { type: 'member', id: member.id }, role: member.role, allowedModels: null },
    session: {
      member: { id: member.id, name: member.name, email: member.email, role: member.role },
      organization: { id: organization.id, name: organization.name },
      permissions: permissions.filter((permission) => isAllowed(member.role, permission)),
      expires_at: expiresAt.toISOString(),
    },
  };
}
