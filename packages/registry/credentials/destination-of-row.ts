import type { Destination } from '../credential-vault/credential-place.ts';
import type { CredentialRow } from '../models/model-rows.ts';

/** The only place where a stored credential may be sent. */
export function destinationOfRow(row: Pick<CredentialRow, 'provider' | 'authKind' | 'baseUrl' | 'region'>): Destination {
  return {
    provider: row.provider as Destination['provider'],
    authKind: row.authKind as Destination['authKind'],
    baseUrl: row.baseUrl,
    region: row.region,
  };
}
