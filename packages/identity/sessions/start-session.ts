import type { Transaction } from '@pipelines/database';
import { schema } from '@pipelines/database';
import { and, eq, lt } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { createOpaqueToken, hashToken } from '../opaque-token.ts';

/** How long a session lives at most, and how long without a request. */
const sessionAbsoluteMs = 7 * 24 * 60 * 60 * 1000;
export const sessionIdleMs = 12 * 60 * 60 * 1000;

export interface StartedSession {
  readonly id: string;
  /** For the cookie; only its hash is stored. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Always a new token: one that existed before a sign-in is worth nothing after it. */
export async function startSession(
  tx: Transaction,
  member: { readonly organizationId: string; readonly id: string },
  now: Date,
  userAgent: string | null,
): Promise<StartedSession> {
  const { sessions, members } = schema;
  const token = createOpaqueToken();
  const started = { id: uuidv7(), token, expiresAt: new Date(now.getTime() + sessionAbsoluteMs) };
  const ofMember = and(eq(sessions.organizationId, member.organizationId), eq(sessions.memberId, member.id));
  await tx.delete(sessions).where(and(ofMember, lt(sessions.expiresAt, now)));
  await tx.insert(sessions).values({
    organizationId: member.organizationId,
    id: started.id,
    memberId: member.id,
    tokenHash: hashToken(token),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: started.expiresAt,
    userAgent: userAgent?.slice(0, 300) ?? null,
  });
  await tx
    .update(members)
    .set({ lastSeenAt: now })
    .where(and(eq(members.organizationId, member.organizationId), eq(members.id, member.id)));
  return started;
}
