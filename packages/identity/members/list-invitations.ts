import type { Invitation } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { describeInvitation } from './describe-member.ts';

/** Invitations that can still be accepted, newest first. */
export async function listInvitations({ database, now }: IdentityContext, organizationId: string): Promise<Invitation[]> {
  const { invitations } = schema;
  const rows = await database.db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now()),
      ),
    )
    .orderBy(desc(invitations.id));
  return rows.map(describeInvitation);
}
