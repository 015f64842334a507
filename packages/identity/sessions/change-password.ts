import { PipelinesError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, eq, ne } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import type { SignedInMember } from './describe-session.ts';
import type { ClientOrigin } from './sign-in.ts';

/**
 * Replaces the password, and ends every other session: somebody else may have opened them.
 *
 * @throws PipelinesError `wrong_email_or_password` for a wrong current password, `rate_limited`
 */
export async function changePassword(
  { database, passwords, limiter }: IdentityContext,
  caller: SignedInMember,
  body: { readonly current_password: string; readonly new_password: string },
  origin: ClientOrigin,
): Promise<void> {
  const { members, sessions } = schema;
  const { principal, session } = caller;
  await limiter.countTry(session.member.email, origin.address);
  const ofMember = and(eq(members.organizationId, principal.organizationId), eq(members.id, session.member.id));
  const [member] = await database.db.select({ passwordHash: members.passwordHash }).from(members).where(ofMember);
  if (!(await passwords.verify(member?.passwordHash ?? null, body.current_password))) {
    throw new PipelinesError('wrong_email_or_password', { detail: 'The current password is wrong.', fix: 'Check it and try again.' });
  }
  const passwordHash = await passwords.hash(body.new_password);
  await database.db.transaction(async (tx) => {
    await tx.update(members).set({ passwordHash }).where(ofMember);
    await tx
      .delete(sessions)
      .where(
        and(
          eq(sessions.organizationId, principal.organizationId),
          eq(sessions.memberId, session.member.id),
          ne(sessions.id, caller.sessionId),
        ),
      );
    await recordAudit(tx, principal, 'member.password_changed', { type: 'member', id: session.member.id }, ['password']);
  });
  await limiter.forgiveTry(session.member.email, origin.address);
}
