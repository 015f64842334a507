import { mayGrant, PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { IdentityContext } from '../identity-context.ts';
import { requireRowId } from '../require-row-id.ts';

/**
 * Revokes a key: on this process at once, on the others within moments. Revoking it again changes nothing.
 *
 * @throws PipelinesError `not_found`, `forbidden` for a key above the caller's own role
 */
export async function revokeApiKey({ database, keyIndex, now }: IdentityContext, principal: Principal, id: string): Promise<void> {
  const { apiKeys } = schema;
  const { organizationId } = principal;
  await database.db.transaction(async (tx) => {
    const ofKey = and(eq(apiKeys.organizationId, organizationId), eq(apiKeys.id, requireRowId(id)));
    const [key] = await tx.select().from(apiKeys).where(ofKey).for('update');
    if (!key) throw new PipelinesError('not_found');
    if (!mayGrant(principal.role, key.role)) {
      throw new PipelinesError('forbidden', { detail: `Your role is ${principal.role}; this key has the role ${key.role}.` });
    }
    if (key.revokedAt !== null) return;
    await tx.update(apiKeys).set({ revokedAt: now() }).where(ofKey);
    await recordAudit(tx, principal, 'api_key.revoked', { type: 'api_key', id: key.id });
    await announceChange(tx, { topic: 'api_keys', organizationId });
  });
  await keyIndex.reload(organizationId);
}
