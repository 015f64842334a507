import { PipelinesError, type SetupBody } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import type { IdentityContext } from '../identity-context.ts';
import { hashToken } from '../opaque-token.ts';
import { describeSession, type OpenedSession } from '../sessions/describe-session.ts';
import type { ClientOrigin } from '../sessions/sign-in.ts';
import { startSession } from '../sessions/start-session.ts';
import { foundOrganization } from './found-organization.ts';
import { isSetupNeeded } from './is-setup-needed.ts';
import { lockFounding } from './lock-founding.ts';

/**
 * Creates the organization and its first admin with the setup link, and signs them in. Of any number
 * of tries with one link, one succeeds.
 *
 * @throws PipelinesError `setup_closed`, `setup_link_invalid`
 */
export async function completeSetup(context: IdentityContext, body: SetupBody, origin: ClientOrigin): Promise<OpenedSession> {
  const { database, passwords, now } = context;
  const tokenHash = hashToken(body.token);
  if (!(await isSetupNeeded(context))) throw new PipelinesError('setup_closed');
  const [link] = await database.db.select().from(schema.setupLinks).where(eq(schema.setupLinks.tokenHash, tokenHash));
  // Before the password is hashed, which is dear: nobody without a link can ask for it.
  if (!link) throw new PipelinesError('setup_link_invalid');
  const passwordHash = await passwords.hash(body.password);

  const { started, founded } = await database.db.transaction(async (tx) => {
    if ((await lockFounding(tx)).founded) throw new PipelinesError('setup_closed');
    const used = await tx.delete(schema.setupLinks).where(eq(schema.setupLinks.tokenHash, tokenHash)).returning();
    if (used.length === 0) throw new PipelinesError('setup_link_invalid');
    const { organization_name: organizationName, name, email } = body;
    const founded = await foundOrganization(tx, { organizationName, name, email, passwordHash });
    return { founded, started: await startSession(tx, founded.member, now(), origin.userAgent) };
  });
  return { token: started.token, ...describeSession({ sessionId: started.id, expiresAt: started.expiresAt, ...founded }) };
}
