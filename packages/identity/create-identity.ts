import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { createApiKeyIndex } from './api-keys/api-key-index.ts';
import { createApiKey } from './api-keys/create-api-key.ts';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { revokeApiKey } from './api-keys/revoke-api-key.ts';
import { listAuditLog } from './audit/list-audit-log.ts';
import type { IdentityContext } from './identity-context.ts';
import { acceptInvitation } from './members/accept-invitation.ts';
import { deactivateMember } from './members/deactivate-member.ts';
import { inviteMember } from './members/invite-member.ts';
import { listInvitations } from './members/list-invitations.ts';
import { listMembers } from './members/list-members.ts';
import { revokeInvitation } from './members/revoke-invitation.ts';
import { updateMember } from './members/update-member.ts';
import { createPasswordHasher } from './passwords/create-password-hasher.ts';
import { changePassword } from './sessions/change-password.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { readSession } from './sessions/read-session.ts';
import { revokeSession } from './sessions/revoke-session.ts';
import { signIn } from './sessions/sign-in.ts';
import { createSignInLimiter } from './sessions/sign-in-limiter.ts';
import { signOut } from './sessions/sign-out.ts';
import { bootstrapOrganization } from './setup/bootstrap-organization.ts';
import { completeSetup } from './setup/complete-setup.ts';
import { createSetupLink } from './setup/create-setup-link.ts';
import { isSetupNeeded } from './setup/is-setup-needed.ts';

export interface IdentityOptions {
  readonly database: Database;
  /** 32 random bytes that stay the same for the life of the database; API keys are hashed with them. */
  readonly pepper: Uint8Array;
  readonly log: Log;
  /** Links start with it. */
  readonly publicUrl: string;
  /** The clock of sessions and expiries. */
  readonly now?: () => Date;
}

export type Identity = ReturnType<typeof createIdentity>;

/**
 * Organizations, their members, sessions and API keys. Each use case is described in its own file.
 * Nothing but `authenticateKey` works without the database.
 */
export function createIdentity({ database, pepper, log, publicUrl, now = () => new Date() }: IdentityOptions) {
  const keyIndex = createApiKeyIndex({ database, pepper, log, now });
  const context: IdentityContext = {
    database,
    keyIndex,
    passwords: createPasswordHasher(),
    limiter: createSignInLimiter(),
    publicUrl: publicUrl.replace(/\/+$/, ''),
    now,
  };
  return {
    /** Loads the API keys; from then on `authenticateKey` answers. */
    start: keyIndex.start,
    stop: keyIndex.stop,
    /** Whose key this is; null for one that is unknown, revoked or expired. Synchronous and in memory. */
    authenticateKey: keyIndex.authenticate,

    bootstrapOrganization: bind(context, bootstrapOrganization),
    isSetupNeeded: bind(context, isSetupNeeded),
    createSetupLink: bind(context, createSetupLink),
    completeSetup: bind(context, completeSetup),

    signIn: bind(context, signIn),
    signOut: bind(context, signOut),
    readSession: bind(context, readSession),
    listSessions: bind(context, listSessions),
    revokeSession: bind(context, revokeSession),
    changePassword: bind(context, changePassword),

    listMembers: bind(context, listMembers),
    updateMember: bind(context, updateMember),
    deactivateMember: bind(context, deactivateMember),
    listInvitations: bind(context, listInvitations),
    inviteMember: bind(context, inviteMember),
    revokeInvitation: bind(context, revokeInvitation),
    acceptInvitation: bind(context, acceptInvitation),

    listApiKeys: bind(context, listApiKeys),
    createApiKey: bind(context, createApiKey),
    revokeApiKey: bind(context, revokeApiKey),

    listAuditLog: bind(context, listAuditLog),
  };
}

function bind<Args extends unknown[], Result>(context: IdentityContext, useCase: (context: IdentityContext, ...args: Args) => Result) {
  return (...args: Args): Result => useCase(context, ...args);
}
