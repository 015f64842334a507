import { PipelinesError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { describeSession, type OpenedSession } from './describe-session.ts';
import { startSession } from './start-session.ts';

/** Where a sign-in comes from. */
export interface ClientOrigin {
  /** The address that tries are counted by. */
  readonly address: string;
  readonly userAgent: string | null;
}

/**
 * Opens a session. An unknown address, a wrong password and a deactivated member look and last the same.
 *
 * @throws PipelinesError `wrong_email_or_password`, `rate_limited`
 */
export async function signIn(
  context: IdentityContext,
  body: { readonly email: string; readonly password: string },
  origin: ClientOrigin,
): Promise<OpenedSession> {
  const { database, passwords, limiter, now } = context;
  await limiter.countTry(body.email, origin.address);
  const [found] = await database.db
    .select({ member: schema.members, organization: schema.organizations })
    .from(schema.members)
    .innerJoin(schema.organizations, eq(schema.organizations.id, schema.members.organizationId))
    .where(eq(schema.members.email, body.email));
  const matches = await passwords.verify(found?.member.passwordHash ?? null, body.password);
  if (!found || !matches || !found.member.active) throw new PipelinesError('wrong_email_or_password');

  const { member, organization } = found;
  const started = await database.db.transaction((tx) => startSession(tx, member, now(), origin.userAgent));
  await limiter.forgiveTry(body.email, origin.address);
  return { token: started.token, ...describeSession({ sessionId: started.id, expiresAt: started.expiresAt, organization, member }) };
}
