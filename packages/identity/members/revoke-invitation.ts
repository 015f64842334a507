import { PipelinesError, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { requireRowId } from '../require-row-id.ts';

/** Takes an open invitation back. @throws PipelinesError `not_found` */
export async function revokeInvitation({ database, now }: IdentityContext, principal: Principal, id: string): Promise<void> {
  const { invitations } = schema;
  await database.db.transaction(async (tx) => {
    const revoked = await tx
      .update(invitations)
      .set({ revokedAt: now() })
      .where(
        and(
          eq(invitations.organizationId, principal.organizationId),
          eq(invitations.id, requireRowId(id)),
          isNull(invitations.revokedAt),
          isNull(invitations.acceptedAt),
        ),
      )
      .returning({ id: invitations.id });
    if (revoked.length === 0) throw new PipelinesError('not_found');
    await recordAudit(tx, principal, 'invitation.revoked', { type: 'invitation', id });
  });
}
