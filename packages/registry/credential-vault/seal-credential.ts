import type { OpenCredential } from '@pipelines/providers';
import { type CredentialPlace, placeContext } from './credential-place.ts';
import type { DataKeys } from './data-keys.ts';
import { seal } from './envelope.ts';
import { serializeSecrets } from './secret-fields.ts';

/** A credential as a row holds it. */
export interface SealedCredential {
  readonly sealed: Uint8Array;
  readonly dataKeyVersion: number;
}

/** Seals all secret fields as one blob, bound to its place. Done before SQL, which sees the ciphertext only. */
export async function sealCredential(dataKeys: DataKeys, place: CredentialPlace, credential: OpenCredential): Promise<SealedCredential> {
  const key = await dataKeys.current(place.organizationId);
  const plaintext = serializeSecrets(credential);
  try {
    return { sealed: seal(key, plaintext, placeContext(place)), dataKeyVersion: key.version };
  } finally {
    plaintext.fill(0);
  }
}
