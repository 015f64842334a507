import { PipelinesError } from '@pipelines/contracts';
import {
  checkCredential,
  checkCredentialFields,
  credentialFields,
  maskCredential,
  type OpenCredential,
  presetOf,
  UpstreamError,
} from '@pipelines/providers';
import { type Destination, isSameDestination } from '../credential-vault/credential-place.ts';
import type { CredentialRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { destinationOfRow } from './destination-of-row.ts';
import { findCredential } from './find-credential.ts';

/** A credential as a body names it: entered, saved before, or none because the provider wants none. */
export type ChosenCredential = EnteredCredential | SavedCredential | NoCredential;

export interface EnteredCredential {
  readonly kind: 'entered';
  readonly open: OpenCredential;
  readonly fingerprint: Uint8Array;
  readonly preview: string;
  readonly expiresAt: Date | null;
  /** What is wrong with it before it is sent anywhere, such as a key of another region. */
  readonly fault: UpstreamError | null;
}

export interface SavedCredential {
  readonly kind: 'saved';
  readonly row: CredentialRow;
  readonly fingerprint: Uint8Array;
}

export interface NoCredential {
  readonly kind: 'none';
  readonly fingerprint: null;
}

export interface CredentialChoice {
  readonly credential?: unknown;
  readonly credential_id?: string | undefined;
}

/** The choice of a body, whose variants without a credential have no such fields. */
export function credentialChoiceOf(body: object): CredentialChoice {
  const { credential, credential_id } = body as CredentialChoice;
  return { credential, credential_id };
}

type Context = Pick<RegistryContext, 'database' | 'vault'>;

/**
 * @param choice what the body carries; the stored credential's ID where a blank one means the stored
 * @throws PipelinesError `invalid_request` for bad fields, `not_found` for an unknown ID, `credential_required` where there is
 * none, or a saved one was entered for another destination
 */
export async function chooseCredential(
  context: Context,
  organizationId: string,
  destination: Destination,
  choice: CredentialChoice,
): Promise<ChosenCredential> {
  if (destination.authKind === 'none') {
    if (choice.credential === undefined && choice.credential_id === undefined) return { kind: 'none', fingerprint: null };
    throw new PipelinesError('invalid_request', { fields: [{ field: 'credential', message: 'Not with the auth kind "none"' }] });
  }
  if (choice.credential !== undefined && choice.credential_id !== undefined) {
    const message = 'Give either a credential or the ID of a saved one.';
    throw new PipelinesError('invalid_request', { detail: message, fields: [{ field: 'credential_id', message }] });
  }
  if (choice.credential !== undefined) return enterCredential(context, organizationId, destination, choice.credential);
  if (choice.credential_id !== undefined) return useSavedCredential(context, organizationId, destination, choice.credential_id);
  throw new PipelinesError('credential_required', {
    detail: 'Enter the credential, or choose a saved one.',
    fields: [{ field: 'credential', message: 'Required' }],
  });
}

async function enterCredential(
  { vault }: Context,
  organizationId: string,
  destination: Destination,
  raw: unknown,
): Promise<EnteredCredential> {
  const { provider, authKind, region } = destination;
  refuseUnknownFields(destination, raw);
  const fields = checkCredentialFields(provider, authKind, raw);
  const open = credentialFields(provider, authKind, raw);
  if (Object.keys(open).length === 0) {
    throw new PipelinesError('invalid_request', {
      fields: [{ field: 'credential.api_key', message: 'Enter a key, or choose the auth kind "none".' }],
    });
  }
  const facts = checkCredential(provider, authKind, fields, region);
  const fault = facts instanceof UpstreamError ? facts : null;
  return {
    kind: 'entered',
    open,
    fingerprint: vault.fingerprint({ organizationId, provider, authKind }, open),
    preview: maskCredential(fields),
    expiresAt: facts instanceof UpstreamError ? null : facts.expiresAt,
    fault,
  };
}

/** Says which fields there are, and not which one was sent: whoever pastes a secret in the wrong place must not get it back. */
function refuseUnknownFields({ provider, authKind }: Destination, raw: unknown): void {
  const kind = presetOf(provider).authKinds.find((candidate) => candidate.authKind === authKind);
  const known = (kind?.fields ?? []).map(({ name }) => name);
  if (typeof raw !== 'object' || raw === null || Object.keys(raw).every((name) => known.includes(name))) return;
  throw new PipelinesError('invalid_request', { fields: [{ field: 'credential', message: `Only ${known.join(', ')}` }] });
}

async function useSavedCredential(
  { database }: Context,
  organizationId: string,
  destination: Destination,
  id: string,
): Promise<SavedCredential> {
  const row = await findCredential(database.db, organizationId, id);
  if (!row) throw new PipelinesError('not_found', { detail: 'There is no such credential.' });
  if (!isSameDestination(destinationOfRow(row), destination)) throw new PipelinesError('credential_required');
  return { kind: 'saved', row, fingerprint: row.fingerprint };
}

/** The secret itself, for a call. @throws PipelinesError `credential_unreadable` */
export async function openChosen({ vault }: Context, chosen: ChosenCredential): Promise<OpenCredential> {
  if (chosen.kind === 'none') return {};
  if (chosen.kind === 'entered') return chosen.open;
  const { organizationId, id, version, sealed, dataKeyVersion } = chosen.row;
  if (!sealed) throw new PipelinesError('credential_unavailable');
  const destination = destinationOfRow(chosen.row);
  return vault.open({ kind: 'credential', organizationId, id, version, destination }, { sealed, dataKeyVersion });
}
