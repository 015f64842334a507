import { createHash } from 'node:crypto';
import type { ModelTask } from '@pipelines/contracts';
import canonicalize from 'canonicalize';
import type { Destination } from '../credential-vault/credential-place.ts';

/** What a connection test proves, and a save must match exactly. */
export interface TestedConfiguration {
  readonly destination: Destination;
  readonly providerModelId: string;
  /** What it was called for. Left out: `chat`. */
  readonly task?: ModelTask | undefined;
  /**
   * Of the credential with its extra headers; null without one. It stands for the secret, not for the row that
   * holds it: a saved credential with the same secret for the same destination is the same configuration.
   */
  readonly fingerprint: Uint8Array | null;
}

/** SHA-256 of the configuration as canonical JSON (RFC 8785). Names, prices and switches are not part of it: no test proves them. */
export function digestConfiguration({ destination, providerModelId, task = 'chat', fingerprint }: TestedConfiguration): Buffer {
  const text = canonicalize({
    v: 1,
    provider: destination.provider,
    auth_kind: destination.authKind,
    base_url: destination.baseUrl,
    region: destination.region,
    provider_model_id: providerModelId,
    ...(task !== 'chat' && { task }),
    credential: fingerprint && Buffer.from(fingerprint).toString('hex'),
  });
  return createHash('sha256')
    .update(text ?? '')
    .digest();
}
