import { PipelinesError } from '@pipelines/contracts';
import type { OpenCredential } from '@pipelines/providers';
import { type CredentialPlace, placeContext } from './credential-place.ts';
import type { DataKeys } from './data-keys.ts';
import { open, type SealingKey } from './envelope.ts';
import type { SealedCredential } from './seal-credential.ts';
import { parseSecrets } from './secret-fields.ts';

/**
 * Opens a sealed credential in the place that the caller takes it for. At once when the data key is in
 * memory, otherwise after reading it.
 *
 * @throws PipelinesError `credential_unreadable` for whatever is wrong with it
 */
export function openCredential(
  dataKeys: DataKeys,
  place: CredentialPlace,
  { sealed, dataKeyVersion }: SealedCredential,
): OpenCredential | Promise<OpenCredential> {
  const key = dataKeys.cached(place.organizationId, dataKeyVersion);
  if (key) return openWith(key, place, sealed);
  return dataKeys.load(place.organizationId, dataKeyVersion).then((loaded) => openWith(loaded, place, sealed));
}

function openWith(key: SealingKey, place: CredentialPlace, sealed: Uint8Array): OpenCredential {
  try {
    const plaintext = open(key, sealed, placeContext(place));
    try {
      return parseSecrets(plaintext);
    } finally {
      plaintext.fill(0);
    }
  } catch {
    throw new PipelinesError('credential_unreadable');
  }
}
