import { PipelinesError, type Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { digestConfiguration } from '../connection-test/config-digest.ts';
import type { CredentialRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { chooseCredential } from './choose-credential.ts';
import { destinationOfRow } from './destination-of-row.ts';
import { noPrevious } from './settle-trial.ts';
import { findUsingModels } from './using-models.ts';

/**
 * The columns of a credential with a new secret, sealed under the next version. The proved secret is kept beside it
 * where a model is there to try the new one.
 *
 * @throws PipelinesError `invalid_request` for bad fields, for a secret that is wrong in itself, and for the same one
 */
export async function prepareReplacement(context: RegistryContext, row: CredentialRow, raw: unknown) {
  const { organizationId, id } = row;
  const destination = destinationOfRow(row);
  const chosen = await chooseCredential(context, organizationId, destination, { credential: raw });
  if (chosen.kind !== 'entered') throw new PipelinesError('invalid_request', { fields: [{ field: 'credential', message: 'Required' }] });
  if (chosen.fault) throw refuse('This secret cannot be used here: it has ended, or belongs to another region.');
  if (Buffer.from(row.fingerprint).equals(chosen.fingerprint)) throw refuse('This is the secret that is stored already.');
  const version = row.version + 1;
  const sealed = await context.vault.seal({ kind: 'credential', organizationId, id, version, destination }, chosen.open);
  const isTried = (await findUsingModels(context.database.db, organizationId, id)).length > 0;
  return {
    columns: {
      ...sealed,
      version,
      fingerprint: chosen.fingerprint,
      preview: chosen.preview,
      expiresAt: chosen.expiresAt,
      expiryTyped: false,
      replacedAt: new Date(),
      refusedPreview: null,
      refusedAt: null,
      ...(isTried ? keepProved(row) : noPrevious),
    },
  };
}

function refuse(message: string): PipelinesError {
  return new PipelinesError('invalid_request', { detail: message, fields: [{ field: 'credential', message }] });
}

/** Of several replacements in a row the last secret that has worked is the one to come back to. */
function keepProved(row: CredentialRow): Partial<CredentialRow> {
  if (row.previousSealed) return {};
  return {
    previousSealed: row.sealed,
    previousVersion: row.version,
    previousDataKeyVersion: row.dataKeyVersion,
    previousPreview: row.preview,
    previousFingerprint: row.fingerprint,
    previousExpiresAt: row.expiresAt,
    previousExpiryTyped: row.expiryTyped,
  };
}

/** Each model is as tested as its last test with exactly this secret says: passed within ten minutes, or untested from now on. */
export async function markTested(
  tx: Transaction,
  { organizationId }: Principal,
  row: CredentialRow,
  fingerprint: Uint8Array,
): Promise<void> {
  const { models, connectionTests } = schema;
  const destination = destinationOfRow(row);
  // A model is as tested as its own credential.
  const using = (await findUsingModels(tx, organizationId, row.id)).filter(({ credentialId }) => credentialId === row.id);
  if (using.length === 0) return;
  const digests = new Map(
    using.map((model) => [
      model.id,
      digestConfiguration({ destination, providerModelId: model.providerModelId, task: model.task, fingerprint }),
    ]),
  );
  const passed = await tx
    .select({ digest: connectionTests.configDigest, latencyMs: connectionTests.latencyMs, at: connectionTests.createdAt })
    .from(connectionTests)
    .where(
      and(
        eq(connectionTests.organizationId, organizationId),
        inArray(connectionTests.configDigest, [...digests.values()]),
        eq(connectionTests.passed, true),
        gt(connectionTests.expiresAt, sql`now()`),
      ),
    );
  for (const model of using) {
    const test = passed.find(({ digest }) => digests.get(model.id)?.equals(Buffer.from(digest)));
    const tested = test && { lastTestPassed: true, lastTestCause: null, lastTestLatencyMs: test.latencyMs, lastTestAt: test.at };
    await tx
      .update(models)
      .set({ ...tested, untestedSince: test ? null : sql`now()` })
      .where(and(eq(models.organizationId, organizationId), eq(models.id, model.id)));
  }
}
