import { PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { requireRowId } from '../require-row-id.ts';
import { protectLastAdmin } from './protect-last-admin.ts';

/**
 * Takes somebody out: sessions end, keys and open invitations that they made are revoked. The row stays
 * for the history.
 *
 * @throws PipelinesError `not_found`, `last_admin`
 */
export async function deactivateMember({ database, keyIndex, now }: IdentityContext, principal: Principal, id: string): Promise<void> {
  const { members, sessions, apiKeys, invitations } = schema;
  const { organizationId } = principal;
  const memberId = requireRowId(id);
  const revokedAt = now();
  await database.db.transaction(async (tx) => {
    const ofMember = and(eq(members.organizationId, organizationId), eq(members.id, memberId));
    const [member] = await tx.select().from(members).where(ofMember).for('update');
    if (!member?.active) throw new PipelinesError('not_found');
    if (member.role === 'admin') await protectLastAdmin(tx, organizationId, memberId);
    await tx.update(members).set({ active: false }).where(ofMember);
    await tx.delete(sessions).where(and(eq(sessions.organizationId, organizationId), eq(sessions.memberId, memberId)));
    await tx
      .update(apiKeys)
      .set({ revokedAt })
      .where(and(eq(apiKeys.organizationId, organizationId), eq(apiKeys.createdBy, memberId), isNull(apiKeys.revokedAt)));
    await tx
      .update(invitations)
      .set({ revokedAt })
      .where(
        and(
          eq(invitations.organizationId, organizationId),
          eq(invitations.createdBy, memberId),
          isNull(invitations.revokedAt),
          isNull(invitations.acceptedAt),
        ),
      );
    await recordAudit(tx, principal, 'member.deactivated', { type: 'member', id: memberId }, ['active']);
    await announceChange(tx, { topic: 'api_keys', organizationId });
  });
  await keyIndex.reload(organizationId);
}
