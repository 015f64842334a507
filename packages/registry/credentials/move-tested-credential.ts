import { v7 as uuidv7 } from 'uuid';
import type { TestRow } from '../connection-test/consume-test.ts';
import type { Destination } from '../credential-vault/credential-place.ts';
import type { RegistryContext } from '../registry-context.ts';
import type { NewCredential } from './insert-credential.ts';

/**
 * The secret that a test holds as a credential of its own: opened in the test's place, sealed for the
 * new one. Done before the transaction, which must not wait for a second connection. Null: it holds none.
 *
 * @throws PipelinesError `credential_unreadable`
 */
export async function moveTestedCredential(
  { vault }: Pick<RegistryContext, 'vault'>,
  destination: Destination,
  { organizationId, id: testId, sealed, dataKeyVersion, fingerprint, preview, credentialExpiresAt }: TestRow,
): Promise<NewCredential | null> {
  if (!sealed || dataKeyVersion === null || !fingerprint || preview === null) return null;
  const held = { kind: 'connection_test', organizationId, id: testId, version: 1, destination } as const;
  const open = await vault.open(held, { sealed, dataKeyVersion });
  const id = uuidv7();
  const moved = await vault.seal({ kind: 'credential', organizationId, id, version: 1, destination }, open);
  return { id, destination, sealed: moved, fingerprint, preview, expiresAt: credentialExpiresAt };
}
