import { type Invitation, type MemberRole, PipelinesError, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { createOpaqueToken, hashToken } from '../opaque-token.ts';
import { describeInvitation } from './describe-member.ts';

const lifeMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Invites somebody. Whether the address belongs to another organization is not told here.
 *
 * @returns the invitation with its link, which is shown once
 * @throws PipelinesError `already_exists` for an active member of this organization
 */
export async function inviteMember(
  { database, now, publicUrl }: IdentityContext,
  principal: Principal,
  body: { readonly email: string; readonly role: MemberRole },
): Promise<Invitation & { link: string }> {
  const { members, invitations } = schema;
  const { organizationId } = principal;
  const token = createOpaqueToken();
  const at = now();
  const row = await database.db.transaction(async (tx) => {
    const [member] = await tx
      .select({ active: members.active })
      .from(members)
      .where(and(eq(members.organizationId, organizationId), eq(members.email, body.email)));
    if (member?.active) {
      throw new PipelinesError('already_exists', { detail: 'This person is a member already.', fix: 'See the list of members.' });
    }
    const [created] = await tx
      .insert(invitations)
      .values({
        organizationId,
        id: uuidv7(),
        email: body.email,
        role: body.role,
        tokenHash: hashToken(token),
        createdBy: principal.actor.type === 'member' ? principal.actor.id : null,
        createdAt: at,
        expiresAt: new Date(at.getTime() + lifeMs),
      })
      .returning();
    if (!created) throw new PipelinesError('internal_error');
    await recordAudit(tx, principal, 'invitation.created', { type: 'invitation', id: created.id }, ['email', 'role']);
    return created;
  });
  return { ...describeInvitation(row), link: `${publicUrl}/invitation#token=${token}` };
}
