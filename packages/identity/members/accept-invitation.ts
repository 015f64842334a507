import { PipelinesError } from '@pipelines/contracts';
import { isUniqueViolation, schema, type Transaction } from '@pipelines/database';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { hashToken } from '../opaque-token.ts';
import { describeSession, type OpenedSession } from '../sessions/describe-session.ts';
import type { ClientOrigin } from '../sessions/sign-in.ts';
import { startSession } from '../sessions/start-session.ts';

export interface AcceptInvitationBody {
  readonly token: string;
  readonly name: string;
  readonly password: string;
}

type InvitationRow = typeof schema.invitations.$inferSelect;
type MemberRow = typeof schema.members.$inferSelect;

/**
 * Joins with the link of an invitation, and signs in. Somebody who left comes back as the member that
 * they were, with the role of the invitation.
 *
 * @throws PipelinesError `invitation_invalid`, `already_exists` when the address belongs to a member of any organization
 */
export async function acceptInvitation(context: IdentityContext, body: AcceptInvitationBody, origin: ClientOrigin): Promise<OpenedSession> {
  const { database, passwords, now } = context;
  const { invitations, organizations } = schema;
  const isOpen = and(
    eq(invitations.tokenHash, hashToken(body.token)),
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now()),
  );
  const [open] = await database.db
    .select({ organization: organizations })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(isOpen);
  // Before the password is hashed, which is dear: nobody without a link can ask for it.
  if (!open) throw new PipelinesError('invitation_invalid');
  const passwordHash = await passwords.hash(body.password);

  const { member, started } = await database.db.transaction(async (tx) => {
    const [invitation] = await tx.update(invitations).set({ acceptedAt: now() }).where(isOpen).returning();
    if (!invitation) throw new PipelinesError('invitation_invalid');
    const member = await admitMember(tx, invitation, body.name, passwordHash);
    const principal = { organizationId: member.organizationId, actor: { type: 'member', id: member.id } } as const;
    await recordAudit(tx, principal, 'member.joined', { type: 'member', id: member.id }, ['name', 'email', 'role', 'password']);
    return { member, started: await startSession(tx, member, now(), origin.userAgent) };
  });
  const parts = { sessionId: started.id, expiresAt: started.expiresAt, organization: open.organization, member };
  return { token: started.token, ...describeSession(parts) };
}

async function admitMember(tx: Transaction, invitation: InvitationRow, name: string, passwordHash: string): Promise<MemberRow> {
  const { members } = schema;
  const { organizationId, email, role } = invitation;
  const [returned] = await tx
    .update(members)
    .set({ name, role, passwordHash, active: true })
    .where(and(eq(members.organizationId, organizationId), eq(members.email, email), eq(members.active, false)))
    .returning();
  if (returned) return returned;
  try {
    const [created] = await tx.insert(members).values({ organizationId, id: uuidv7(), email, name, role, passwordHash }).returning();
    if (created) return created;
  } catch (error) {
    if (!isUniqueViolation(error, 'members_email_key')) throw error;
  }
  throw new PipelinesError('already_exists', { detail: 'Somebody with this email address exists already.', fix: 'Sign in instead.' });
}
