import type { SessionEntry } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, gt } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import type { SignedInMember } from './describe-session.ts';
import { sessionIdleMs } from './start-session.ts';

/** The member's own open sessions, the last used first. */
export async function listSessions({ database, now }: IdentityContext, caller: SignedInMember): Promise<SessionEntry[]> {
  const { sessions } = schema;
  const at = now();
  const rows = await database.db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.organizationId, caller.principal.organizationId),
        eq(sessions.memberId, caller.session.member.id),
        gt(sessions.expiresAt, at),
        gt(sessions.lastSeenAt, new Date(at.getTime() - sessionIdleMs)),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt));
  return rows.map((row) => ({
    id: row.id,
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt.toISOString(),
    user_agent: row.userAgent,
    current: row.id === caller.sessionId,
  }));
}
