import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { CredentialRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import type { TrialKey, TrialOutcome } from '../snapshot/secret-trials.ts';
import { destinationOfRow } from './destination-of-row.ts';
import { findCredential } from './find-credential.ts';

/** The columns of a secret that is kept. */
export const noPrevious = {
  previousSealed: null,
  previousVersion: null,
  previousDataKeyVersion: null,
  previousPreview: null,
  previousFingerprint: null,
  previousExpiresAt: null,
  previousExpiryTyped: null,
} as const;

/**
 * Ends the trial of a new secret for every process: what has worked stays and the secret before is overwritten; what was
 * refused makes room for it again. Where somebody has settled it or replaced the secret meanwhile, nothing is changed.
 *
 * @throws PipelinesError `credential_unreadable` when the kept secret cannot be opened
 */
export async function settleTrial(context: RegistryContext, key: TrialKey, outcome: TrialOutcome): Promise<void> {
  const { organizationId, id, version } = key;
  const row = await findCredential(context.database.db, organizationId, id);
  if (!row || row.version !== version || !row.previousSealed) return;
  // What needs the vault is prepared before the transaction.
  const columns = outcome === 'worked' ? noPrevious : await sealPreviousAgain(context, row);
  await context.database.db.transaction(async (tx) => {
    if (!(await writeColumns(tx, key, columns))) return;
    const action = outcome === 'worked' ? 'credential.replacement_worked' : 'credential.returned';
    const system = { organizationId, actor: { type: 'system', id: null } } as const;
    await recordAudit(tx, system, action, { type: 'credential', id }, ['credential']);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await context.refresh(organizationId);
}

type Columns = Partial<CredentialRow>;

async function writeColumns(tx: Transaction, { organizationId, id, version }: TrialKey, columns: Columns): Promise<boolean> {
  const { credentials } = schema;
  const written = await tx
    .update(credentials)
    .set({ ...columns, updatedAt: sql`now()` })
    // A secret that has worked elsewhere meanwhile has the same version, and none before it any more.
    .where(
      and(
        eq(credentials.organizationId, organizationId),
        eq(credentials.id, id),
        eq(credentials.version, version),
        isNotNull(credentials.previousSealed),
      ),
    )
    .returning({ id: credentials.id });
  return written.length === 1;
}

/** The secret before under the next version: versions only grow, so that no ciphertext fits twice. */
async function sealPreviousAgain({ vault }: RegistryContext, row: CredentialRow): Promise<Columns> {
  const { organizationId, id, previousSealed, previousVersion, previousDataKeyVersion, previousPreview, previousFingerprint } = row;
  if (!previousSealed || previousVersion === null || previousDataKeyVersion === null || previousPreview === null || !previousFingerprint)
    return {};
  const place = { kind: 'credential', organizationId, id, destination: destinationOfRow(row) } as const;
  const open = await vault.open({ ...place, version: previousVersion }, { sealed: previousSealed, dataKeyVersion: previousDataKeyVersion });
  const version = row.version + 1;
  return {
    ...(await vault.seal({ ...place, version }, open)),
    version,
    preview: previousPreview,
    fingerprint: previousFingerprint,
    expiresAt: row.previousExpiresAt,
    expiryTyped: row.previousExpiryTyped ?? false,
    ...noPrevious,
    refusedPreview: row.preview,
    refusedAt: new Date(),
  };
}
