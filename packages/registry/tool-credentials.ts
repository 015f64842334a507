import { Secret, type ToolCredentialFields } from '@pipelines/contracts';
import { authorizeHeaders, maskPreview, type OpenCredential } from '@pipelines/providers';
import type { Vault } from './credential-vault/create-credential-vault.ts';
import type { ToolDestination } from './credential-vault/credential-place.ts';
import type { SealedCredential } from './credential-vault/seal-credential.ts';
import { hideSecrets } from './credential-vault/secret-fields.ts';

/** The one row of a tool endpoint that a secret belongs to. */
export interface ToolCredentialPlace {
  readonly organizationId: string;
  /** Of the endpoint. */
  readonly id: string;
  /** Counts replacements of the secret. */
  readonly version: number;
  readonly destination: ToolDestination;
}

/** A credential that a call may use. */
export interface OpenedToolCredential {
  /** Lower-case names. They hold the secret: for the egress only. */
  readonly headers: Readonly<Record<string, string>>;
  /** A text of the other side without the secret, whatever it says back. */
  hide(text: string): string;
}

/** Secrets of tool endpoints, in the same vault as those of providers. */
export interface ToolCredentials {
  /** As a body carries it, for a call before it is saved. */
  read(fields: ToolCredentialFields): OpenedToolCredential;
  seal(place: ToolCredentialPlace, fields: ToolCredentialFields): Promise<SealedCredential & { readonly preview: string }>;
  /** @throws PipelinesError `credential_unreadable` */
  open(place: ToolCredentialPlace, sealed: SealedCredential): Promise<OpenedToolCredential>;
}

export function createToolCredentials(vault: Pick<Vault, 'seal' | 'open'>): ToolCredentials {
  return {
    read: (fields) => openedOf(hidden(fields)),
    async seal(place, fields) {
      const sealed = await vault.seal({ kind: 'tool_endpoint', ...place }, hidden(fields));
      return { ...sealed, preview: fields.token === undefined ? maskHeaders(fields.headers ?? {}) : maskPreview(fields.token) };
    },
    open: async (place, sealed) => openedOf(await vault.open({ kind: 'tool_endpoint', ...place }, sealed)),
  };
}

function hidden({ token, headers }: ToolCredentialFields): OpenCredential {
  return {
    ...(token !== undefined && { apiKey: new Secret(token) }),
    ...(headers !== undefined && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), new Secret(value)])),
    }),
  };
}

function openedOf(credential: OpenCredential): OpenedToolCredential {
  return { headers: authorizeHeaders({}, 'bearer', credential), hide: (text) => hideSecrets(credential, text) };
}

/** Names are no secrets, values are. */
function maskHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers)
    .map((name) => `${name}: ••••`)
    .join(', ');
}
