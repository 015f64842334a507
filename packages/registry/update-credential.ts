import { type Credential, PipelinesError, type Principal, type UpdateCredentialBody } from '@pipelines/contracts';
import { announceChange, schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import { getCredential, requireCredential } from './credentials/read-credentials.ts';
import { markTested, prepareReplacement } from './credentials/replace-secret.ts';
import type { CredentialRow } from './models/model-rows.ts';
import type { RegistryContext } from './registry-context.ts';

/**
 * Replaces the secret of a credential for every model that uses it, or notes when it ends. The destination never changes.
 * A new secret is used by the next call; the one before is kept until a call has worked, and comes back by itself when the
 * provider refuses the new one.
 *
 * @throws PipelinesError `not_found`, `invalid_request`, `conflict` when somebody else changes it at the same time
 */
export async function updateCredential(
  context: RegistryContext,
  principal: Principal,
  id: string,
  { credential, expires_at }: UpdateCredentialBody,
): Promise<Credential> {
  const { organizationId } = principal;
  const { db } = context.database;
  const row = await requireCredential(db, organizationId, id);
  const replacement = credential === undefined ? null : await prepareReplacement(context, row, credential);
  const expiry = expires_at === undefined ? null : typeExpiry(replacement?.columns ?? row, expires_at);
  if (replacement === null && expiry === null) return getCredential(context, organizationId, id);

  await db.transaction(async (tx) => {
    const { credentials } = schema;
    const written = await tx
      .update(credentials)
      .set({ ...replacement?.columns, ...expiry, updatedAt: sql`now()` })
      .where(and(eq(credentials.organizationId, organizationId), eq(credentials.id, row.id), eq(credentials.version, row.version)))
      .returning({ id: credentials.id });
    if (written.length !== 1) throw new PipelinesError('conflict');
    if (replacement) await markTested(tx, principal, row, replacement.columns.fingerprint);
    const fields = [...(replacement ? ['credential'] : []), ...(expiry ? ['expires_at'] : [])];
    await recordAudit(
      tx,
      principal,
      replacement ? 'credential.replaced' : 'credential.updated',
      { type: 'credential', id: row.id },
      fields,
    );
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await context.refresh(organizationId);
  return getCredential(context, organizationId, id);
}

function typeExpiry({ expiresAt, expiryTyped }: Pick<CredentialRow, 'expiresAt' | 'expiryTyped'>, typed: string | null) {
  if (expiresAt !== null && !expiryTyped) {
    const message = 'The secret itself tells when it ends.';
    throw new PipelinesError('invalid_request', { detail: message, fields: [{ field: 'expires_at', message }] });
  }
  return { expiresAt: typed === null ? null : new Date(typed), expiryTyped: typed !== null };
}
