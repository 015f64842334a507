import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import type { Destination } from '../credential-vault/credential-place.ts';
import type { CredentialRow } from '../models/model-rows.ts';

const { credentials, models } = schema;

/** A saved credential of the organization that has not been deleted. */
export async function findCredential(db: Queries | Transaction, organizationId: string, id: string): Promise<CredentialRow | null> {
  if (!validate(id)) return null;
  const [row] = await db
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.organizationId, organizationId),
        eq(credentials.id, id),
        isNull(credentials.deletedAt),
        isNotNull(credentials.sealed),
      ),
    );
  return row ?? null;
}

/** The oldest saved credential with the same secret for the same destination, and the models that use it. */
export async function findReusableCredential(
  db: Queries,
  organizationId: string,
  destination: Destination,
  fingerprint: Uint8Array,
): Promise<{ readonly credential: CredentialRow; readonly models: string[] } | null> {
  const [credential] = await db
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.organizationId, organizationId),
        eq(credentials.fingerprint, fingerprint),
        eq(credentials.provider, destination.provider),
        eq(credentials.authKind, destination.authKind),
        eq(credentials.baseUrl, destination.baseUrl),
        destination.region === null ? isNull(credentials.region) : eq(credentials.region, destination.region),
        isNull(credentials.deletedAt),
        isNotNull(credentials.sealed),
      ),
    )
    .orderBy(asc(credentials.createdAt), asc(credentials.id))
    .limit(1);
  if (!credential) return null;
  const users = await db
    .select({ name: models.displayName })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), eq(models.credentialId, credential.id), eq(models.active, true)))
    .orderBy(sql`lower(${models.displayName})`);
  return { credential, models: users.map((user) => user.name) };
}

/**
 * Whether a saved credential is still the one with this fingerprint. Until the transaction ends nobody
 * replaces or deletes it.
 */
export async function holdCredential(
  tx: Transaction,
  organizationId: string,
  id: string,
  fingerprint: Uint8Array | null,
): Promise<boolean> {
  if (fingerprint === null) return false;
  const held = await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(
      and(
        eq(credentials.organizationId, organizationId),
        eq(credentials.id, id),
        eq(credentials.fingerprint, fingerprint),
        isNull(credentials.deletedAt),
        isNotNull(credentials.sealed),
      ),
    )
    .for('share');
  return held.length === 1;
}
