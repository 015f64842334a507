import { hkdfSync } from 'node:crypto';
import type { Log } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import type { OpenCredential } from '@pipelines/providers';
import { checkEncryptionKeys } from './check-encryption-keys.ts';
import { type ContentPlace, openContent, type SealedContent, sealContent } from './content-seal.ts';
import type { CredentialPlace } from './credential-place.ts';
import { createDataKeys } from './data-keys.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import { openCredential } from './open-credential.ts';
import { type SealedCredential, sealCredential } from './seal-credential.ts';
import { fingerprintSecrets, type SecretOwner } from './secret-fields.ts';
import { readServerSecret } from './server-secret.ts';

/** Keeps secrets: operator key → data key of the organization → credential. */
export interface Vault {
  /** 32 random bytes that the server made for itself once, such as the pepper of API keys. The same in every process. */
  serverSecret(name: string): Promise<Buffer>;
  /** Tells equal credentials of one organization, provider and auth kind. 32 bytes. */
  fingerprint(owner: SecretOwner, credential: OpenCredential): Buffer;
  seal(place: CredentialPlace, credential: OpenCredential): Promise<SealedCredential>;
  /**
   * At once when the organization's data key is in memory.
   * @throws PipelinesError `credential_unreadable`
   */
  open(place: CredentialPlace, sealed: SealedCredential): OpenCredential | Promise<OpenCredential>;
  /** Seals what was said, under the organization's data key. */
  sealContent(place: ContentPlace, plaintext: Uint8Array): Promise<SealedContent>;
  /** @throws PipelinesError `content_unreadable` */
  openContent(place: ContentPlace, sealed: SealedContent): Promise<Buffer>;
  /** Brings data keys into memory. */
  preload(): Promise<void>;
}

export interface CredentialVaultOptions {
  readonly database: Database;
  readonly keys: EncryptionKeys;
  readonly log: Log;
}

/**
 * Proves the operator's keys first.
 * @throws EncryptionKeysError when they are not those of this database
 */
export async function createCredentialVault({ database, keys, log }: CredentialVaultOptions): Promise<Vault> {
  await checkEncryptionKeys(database, keys);
  const dataKeys = createDataKeys(database, keys);
  // A root of its own, so that rotating the operator's keys leaves fingerprints as they are.
  const fingerprintRoot = await readServerSecret(database, keys, 'fingerprint_root');
  const fingerprintKey = new Uint8Array(hkdfSync('sha256', fingerprintRoot, '', 'pipelines/fp/v1', 32));

  return {
    serverSecret: (name) => readServerSecret(database, keys, name),
    fingerprint: (owner, credential) => fingerprintSecrets(fingerprintKey, owner, credential),
    seal: (place, credential) => sealCredential(dataKeys, place, credential),
    open(place, sealed) {
      const tell = (error: unknown): never => {
        log({ event: 'credential_unreadable', organizationId: place.organizationId, credentialId: place.id });
        throw error;
      };
      try {
        const opened = openCredential(dataKeys, place, sealed);
        return opened instanceof Promise ? opened.catch(tell) : opened;
      } catch (error) {
        return tell(error);
      }
    },
    sealContent: (place, plaintext) => sealContent(dataKeys, place, plaintext),
    openContent: (place, sealed) => openContent(dataKeys, place, sealed),
    preload: () => dataKeys.preload(),
  };
}
