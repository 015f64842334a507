import { PipelinesError, type UpdateModelBody } from '@pipelines/contracts';
import { presetOf } from '@pipelines/providers';
import { chooseDestination } from '../connection-test/choose-destination.ts';
import { type Destination, isSameDestination } from '../credential-vault/credential-place.ts';
import { type ChosenCredential, chooseCredential } from '../credentials/choose-credential.ts';
import { destinationOfRow } from '../credentials/destination-of-row.ts';
import { findCredential } from '../credentials/find-credential.ts';
import type { RegistryContext } from '../registry-context.ts';
import type { ModelRow } from './model-rows.ts';

/** The fields of an edit that say what a model is connected to. */
export type ConnectionFields = Pick<
  UpdateModelBody,
  'provider_model_id' | 'base_url' | 'region' | 'auth_kind' | 'credential' | 'credential_id'
>;

/** The connection that a stored model would have after an edit. */
export interface PlannedConnection {
  readonly destination: Destination;
  readonly providerModelId: string;
  readonly credential: ChosenCredential;
  /** Whether the credential would go somewhere else than now. */
  readonly moved: boolean;
  /** Whether anything of the connection would change. */
  readonly changed: boolean;
}

/**
 * Applies the connection fields of an edit, or of the test of a draft, to a stored model. A blank
 * credential means the stored one, which goes to its own destination and to no other.
 *
 * @throws PipelinesError `credential_required`, `invalid_request`, `not_found`
 */
export async function planConnection(
  context: Pick<RegistryContext, 'database' | 'vault'>,
  model: ModelRow,
  body: ConnectionFields,
): Promise<PlannedConnection> {
  const stored = destinationOfRow(model);
  const destination = editDestination(stored, body);
  const providerModelId = body.provider_model_id ?? model.providerModelId;
  const moved = !isSameDestination(destination, stored);
  const credential = await editCredential(context, model, destination, body);
  const otherCredential = credential.kind === 'entered' || (credential.kind === 'saved' && credential.row.id !== model.credentialId);
  return {
    destination,
    providerModelId,
    credential,
    moved,
    changed: moved || otherCredential || providerModelId !== model.providerModelId,
  };
}

function editDestination(stored: Destination, { base_url, region, auth_kind }: ConnectionFields): Destination {
  const { baseUrl, name } = presetOf(stored.provider);
  if (base_url !== undefined && baseUrl.kind !== 'given') throw foreignField('base_url', name);
  if (region !== undefined && baseUrl.kind !== 'region') throw foreignField('region', name);
  if (base_url === undefined && region === undefined && (auth_kind ?? stored.authKind) === stored.authKind) return stored;
  return chooseDestination({
    provider: stored.provider,
    auth_kind: auth_kind ?? stored.authKind,
    base_url: base_url ?? stored.baseUrl,
    region: region ?? stored.region ?? undefined,
  });
}

async function editCredential(
  context: Pick<RegistryContext, 'database' | 'vault'>,
  model: ModelRow,
  destination: Destination,
  { credential, credential_id }: ConnectionFields,
): Promise<ChosenCredential> {
  const blank = credential === undefined && credential_id === undefined;
  if (!blank || destination.authKind === 'none')
    return chooseCredential(context, model.organizationId, destination, { credential, credential_id });
  const row = model.credentialId ? await findCredential(context.database.db, model.organizationId, model.credentialId) : null;
  if (!row || !isSameDestination(destinationOfRow(row), destination)) throw new PipelinesError('credential_required');
  return { kind: 'saved', row, fingerprint: row.fingerprint };
}

function foreignField(field: string, providerName: string): PipelinesError {
  return new PipelinesError('invalid_request', { fields: [{ field, message: `${providerName} has no such field` }] });
}
