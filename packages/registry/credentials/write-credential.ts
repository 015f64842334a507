import { PipelinesError, type Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Vault } from '../credential-vault/create-credential-vault.ts';
import { type Destination, isSameDestination } from '../credential-vault/credential-place.ts';
import type { SealedCredential } from '../credential-vault/seal-credential.ts';
import type { ModelWithCredential } from '../models/model-rows.ts';
import type { ChosenCredential, EnteredCredential } from './choose-credential.ts';
import { destinationOfRow } from './destination-of-row.ts';
import { insertCredential } from './insert-credential.ts';
import { noPrevious } from './settle-trial.ts';

type Facts = Pick<EnteredCredential, 'fingerprint' | 'preview' | 'expiresAt'>;

/** How the credential of an edited model is written. */
export type CredentialWrite =
  | { readonly kind: 'keep'; readonly id: string | null }
  | (Facts & { readonly kind: 'insert'; readonly id: string; readonly sealed: SealedCredential })
  | (Facts & { readonly kind: 'replace'; readonly id: string; readonly version: number; readonly sealed: SealedCredential });

/**
 * A secret for the same destination replaces the saved one under the next version, for all models that
 * share it; for another destination it becomes a credential of its own.
 */
export async function prepareCredentialWrite(
  vault: Vault,
  { model, credential: saved }: ModelWithCredential,
  destination: Destination,
  chosen: ChosenCredential,
): Promise<CredentialWrite> {
  if (chosen.kind !== 'entered') return { kind: 'keep', id: chosen.kind === 'saved' ? chosen.row.id : null };
  const { organizationId } = model;
  const { fingerprint, preview, expiresAt, open } = chosen;
  const replaces = saved !== null && saved.deletedAt === null && isSameDestination(destinationOfRow(saved), destination);
  const id = replaces ? saved.id : uuidv7();
  const version = replaces ? saved.version + 1 : 1;
  const sealed = await vault.seal({ kind: 'credential', organizationId, id, version, destination }, open);
  return { kind: replaces ? 'replace' : 'insert', id, version, sealed, fingerprint, preview, expiresAt };
}

/** @throws PipelinesError `conflict` when somebody else has replaced the secret meanwhile */
export async function writeCredential(
  tx: Transaction,
  principal: Principal,
  destination: Destination,
  write: CredentialWrite,
): Promise<void> {
  if (write.kind === 'insert') await insertCredential(tx, principal, { ...write, destination });
  if (write.kind !== 'replace') return;
  const { id, version, sealed, fingerprint, preview, expiresAt } = write;
  const { credentials } = schema;
  const replaced = await tx
    .update(credentials)
    .set({
      ...sealed,
      version,
      fingerprint,
      preview,
      expiresAt,
      expiryTyped: false,
      ...noPrevious,
      refusedPreview: null,
      refusedAt: null,
      replacedAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(credentials.organizationId, principal.organizationId), eq(credentials.id, id), eq(credentials.version, version - 1)))
    .returning({ id: credentials.id });
  if (replaced.length !== 1) throw new PipelinesError('conflict');
}
