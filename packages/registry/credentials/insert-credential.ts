import type { Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import type { Destination } from '../credential-vault/credential-place.ts';
import type { SealedCredential } from '../credential-vault/seal-credential.ts';
import type { EnteredCredential } from './choose-credential.ts';

export interface NewCredential extends Pick<EnteredCredential, 'fingerprint' | 'preview' | 'expiresAt'> {
  readonly id: string;
  readonly destination: Destination;
  /** Sealed for this ID and version 1. */
  readonly sealed: SealedCredential;
}

export async function insertCredential(tx: Transaction, principal: Principal, credential: NewCredential): Promise<void> {
  const { id, destination, sealed, fingerprint, preview, expiresAt } = credential;
  await tx.insert(schema.credentials).values({
    organizationId: principal.organizationId,
    id,
    ...destination,
    ...sealed,
    fingerprint,
    preview,
    expiresAt,
    createdBy: principal.actor.type === 'member' ? principal.actor.id : null,
  });
}
