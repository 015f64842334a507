import type { ApiKey } from '@pipelines/contracts';
import type { schema } from '@pipelines/database';

export function describeApiKey(row: typeof schema.apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    name: row.name,
    last_four: row.lastFour,
    role: row.role,
    allowed_models: row.allowedModels,
    on_unsupported: row.onUnsupported,
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}
