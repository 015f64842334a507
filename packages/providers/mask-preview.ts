import type { CredentialFields } from '@pipelines/contracts';

const MASK = '••••';

/** What may be shown of a secret: at most three characters before and four after, and nothing of one shorter than 16. */
export function maskPreview(secret: string): string {
  if (secret.length < 16) return MASK;
  return `${secret.slice(0, 3)}…${secret.slice(-4)}`;
}

/** What may be shown of a whole credential. */
export function maskCredential(fields: CredentialFields): string {
  const shown = fields.api_key ?? fields.access_key_id;
  if (shown !== undefined) return maskPreview(shown);
  return Object.keys(fields.headers ?? {}).length > 0 ? MASK : '';
}
