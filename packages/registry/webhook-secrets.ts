import { randomBytes } from 'node:crypto';
import { Secret } from '@pipelines/contracts';
import type { Vault } from './credential-vault/create-credential-vault.ts';
import type { SealedCredential } from './credential-vault/seal-credential.ts';
import { signText } from './credential-vault/secret-fields.ts';

/** The one row of a webhook that a secret belongs to. */
export interface WebhookSecretPlace {
  readonly organizationId: string;
  /** Of the webhook. */
  readonly id: string;
  /** Canonical. */
  readonly url: string;
}

/** Secrets that sign messages, in the same vault as all others. They are never sent anywhere. */
export interface WebhookSecrets {
  /** A new one; `secret` is its text, to be shown this once. */
  create(place: WebhookSecretPlace): Promise<SealedCredential & { readonly secret: string }>;
  /** HMAC-SHA256 of a text, in base64. @throws PipelinesError `credential_unreadable` */
  sign(place: WebhookSecretPlace, sealed: SealedCredential, text: string): Promise<string>;
}

const secretBytes = 32;

export function createWebhookSecrets(vault: Pick<Vault, 'seal' | 'open'>): WebhookSecrets {
  return {
    async create(place) {
      const secret = `whsec_${randomBytes(secretBytes).toString('base64')}`;
      return { ...(await vault.seal(placeOf(place), { apiKey: new Secret(secret) })), secret };
    },
    sign: async (place, sealed, text) => signText(await vault.open(placeOf(place), sealed), text),
  };
}

function placeOf({ organizationId, id, url }: WebhookSecretPlace) {
  const destination = { provider: 'webhook', authKind: 'signature', baseUrl: url, region: null } as const;
  return { kind: 'webhook', organizationId, id, version: 1, destination } as const;
}
