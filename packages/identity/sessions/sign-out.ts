import { schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import type { SignedInMember } from './describe-session.ts';

/** Ends the session that the request came with. */
export async function signOut({ database }: IdentityContext, { principal, sessionId }: SignedInMember): Promise<void> {
  const { sessions } = schema;
  await database.db.delete(sessions).where(and(eq(sessions.organizationId, principal.organizationId), eq(sessions.id, sessionId)));
}
