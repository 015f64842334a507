import { PipelinesError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { requireRowId } from '../require-row-id.ts';
import type { SignedInMember } from './describe-session.ts';

/** Ends one of the member's own sessions. @throws PipelinesError `not_found`, for other people's too */
export async function revokeSession({ database }: IdentityContext, caller: SignedInMember, id: string): Promise<void> {
  const { sessions } = schema;
  const ended = await database.db
    .delete(sessions)
    .where(
      and(
        eq(sessions.organizationId, caller.principal.organizationId),
        eq(sessions.memberId, caller.session.member.id),
        eq(sessions.id, requireRowId(id)),
      ),
    )
    .returning({ id: sessions.id });
  if (ended.length === 0) throw new PipelinesError('not_found');
}
