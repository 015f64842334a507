import { schema } from '@pipelines/database';
import type { IdentityContext } from '../identity-context.ts';
import { createOpaqueToken, hashToken } from '../opaque-token.ts';
import { lockFounding } from './lock-founding.ts';

/**
 * A new link to create the first admin; earlier ones are worth nothing from now on.
 *
 * @returns null when an organization exists
 */
export async function createSetupLink({ database, publicUrl }: IdentityContext): Promise<string | null> {
  return database.db.transaction(async (tx) => {
    if ((await lockFounding(tx)).founded) return null;
    const token = createOpaqueToken();
    await tx.delete(schema.setupLinks);
    await tx.insert(schema.setupLinks).values({ tokenHash: hashToken(token) });
    // In the fragment, which browsers do not send: it stays out of access logs.
    return `${publicUrl}/setup#token=${token}`;
  });
}
