import type { Credential, CredentialStatus, ProviderId } from '@pipelines/contracts';
import type { CredentialRow } from '../models/model-rows.ts';
import { presentCredential } from '../models/present-model.ts';
import type { CredentialUsers } from './read-users.ts';

const soonMs = 7 * 24 * 60 * 60 * 1000;

/** What a list knows of a credential besides its row. */
export interface CredentialFacts extends CredentialUsers {
  readonly health: Credential['health'];
  readonly usage: Credential['usage'];
  readonly lastUsedAt: string | null;
}

/** A credential as the API tells it. Opens nothing. */
export function presentCredentialDetail(
  row: CredentialRow,
  { health, usage, lastUsedAt, ...users }: CredentialFacts,
  now: Date,
): Credential {
  const { refusedPreview, refusedAt } = row;
  return {
    ...presentCredential(row),
    provider: row.provider as ProviderId,
    destination: { base_url: row.baseUrl, region: row.region },
    ...users,
    status: statusOf(row, users, now),
    health,
    expiry_typed: row.expiryTyped,
    trial: row.previousSealed
      ? { preview: row.preview, kept_preview: row.previousPreview ?? '', since: (row.replacedAt ?? row.updatedAt).toISOString() }
      : null,
    refused: refusedPreview !== null && refusedAt !== null ? { preview: refusedPreview, at: refusedAt.toISOString() } : null,
    usage,
    last_used_at: lastUsedAt,
    created_at: row.createdAt.toISOString(),
  };
}

/** The most urgent word. */
function statusOf(row: CredentialRow, { active_model_count }: CredentialUsers, now: Date): CredentialStatus {
  if (row.expiresAt !== null && row.expiresAt <= now) return 'expired';
  if (row.refusedAt !== null) return 'returned';
  if (row.previousSealed) return 'trying';
  if (row.expiresAt !== null && row.expiresAt.getTime() - now.getTime() <= soonMs) return 'expires_soon';
  return active_model_count > 0 ? 'in_use' : 'unused';
}
