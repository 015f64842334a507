import { schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { hashToken } from '../opaque-token.ts';
import { describeSession, type SignedInMember } from './describe-session.ts';
import { sessionIdleMs } from './start-session.ts';

/** A busy page would otherwise write with every request. */
const touchIntervalMs = 60_000;
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Whose cookie this is, with the role of this moment; null where the session has ended or never was. */
export async function readSession({ database, now }: IdentityContext, token: string): Promise<SignedInMember | null> {
  if (!tokenShape.test(token)) return null;
  const { sessions, members, organizations } = schema;
  const [found] = await database.db
    .select({ session: sessions, member: members, organization: organizations })
    .from(sessions)
    .innerJoin(members, and(eq(members.organizationId, sessions.organizationId), eq(members.id, sessions.memberId)))
    .innerJoin(organizations, eq(organizations.id, sessions.organizationId))
    .where(eq(sessions.tokenHash, hashToken(token)));
  if (!found?.member.active) return null;

  const { session, member, organization } = found;
  const at = now();
  const idleMs = at.getTime() - session.lastSeenAt.getTime();
  const ofSession = and(eq(sessions.organizationId, session.organizationId), eq(sessions.id, session.id));
  if (at >= session.expiresAt || idleMs >= sessionIdleMs) {
    await database.db.delete(sessions).where(ofSession);
    return null;
  }
  if (idleMs >= touchIntervalMs) {
    await database.db.update(sessions).set({ lastSeenAt: at }).where(ofSession);
    await database.db
      .update(members)
      .set({ lastSeenAt: at })
      .where(and(eq(members.organizationId, member.organizationId), eq(members.id, member.id)));
  }
  return describeSession({ sessionId: session.id, expiresAt: session.expiresAt, organization, member });
}
