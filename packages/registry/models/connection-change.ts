import type { Principal } from '@pipelines/contracts';
import { PipelinesError } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { EgressError } from '@pipelines/egress';
import { destinationOf } from '@pipelines/providers';
import { and, eq } from 'drizzle-orm';
import type { Destination } from '../credential-vault/credential-place.ts';
import { type CredentialWrite, prepareCredentialWrite, writeCredential } from '../credentials/write-credential.ts';
import type { RegistryContext } from '../registry-context.ts';
import type { ModelRow, ModelWithCredential } from './model-rows.ts';
import { type ConnectionFields, planConnection } from './plan-connection.ts';

/** A changed connection, sealed and ready to be written. */
export interface ConnectionChange {
  readonly destination: Destination;
  readonly providerModelId: string;
  readonly credential: CredentialWrite;
}

/**
 * What an edit changes of the connection; null when nothing. Seals what must be sealed, so that the
 * transaction that follows needs no second connection.
 *
 * @throws PipelinesError `credential_required`, `invalid_request`, `not_found`, `egress_blocked`
 */
export async function prepareConnectionChange(
  context: RegistryContext,
  current: ModelWithCredential,
  body: ConnectionFields,
): Promise<ConnectionChange | null> {
  const plan = await planConnection(context, current.model, body);
  if (!plan.changed) return null;
  const { destination, providerModelId } = plan;
  if (plan.moved) requireOpenTarget(context, destination);
  const credential = await prepareCredentialWrite(context.vault, current, destination, plan.credential);
  return { destination, providerModelId, credential };
}

/** Writes the credential, and gives the columns of the model. Every model whose secret has changed is untested from now on. */
export async function applyConnectionChange(tx: Transaction, principal: Principal, model: ModelRow, change: ConnectionChange) {
  const { destination, providerModelId, credential } = change;
  const untestedSince = new Date();
  await writeCredential(tx, principal, destination, credential);
  if (credential.kind === 'replace') {
    const { models } = schema;
    const sharing = and(eq(models.organizationId, principal.organizationId), eq(models.credentialId, credential.id));
    await tx.update(models).set({ untestedSince }).where(sharing);
  }
  const sameWire = providerModelId === model.providerModelId && destination.baseUrl === model.baseUrl;
  // What a test has learnt of the wire holds for the model that it met.
  return { ...destination, providerModelId, credentialId: credential.id, untestedSince, ...(!sameWire && { quirks: {} }) };
}

function requireOpenTarget({ egress, providerBaseUrls }: RegistryContext, destination: Destination): void {
  try {
    egress.checkTarget(new URL(destinationOf({ ...destination, overrides: providerBaseUrls }).baseUrl));
  } catch (error) {
    if (error instanceof EgressError) throw new PipelinesError('egress_blocked', { param: 'base_url' });
    throw error;
  }
}
