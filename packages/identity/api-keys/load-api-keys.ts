import type { Principal } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, eq, isNull, or } from 'drizzle-orm';
import { limitKeyRole } from './limit-key-role.ts';

/** A key that works, as the request path wants it: its principal is made once, not with every call. */
export interface AuthenticatedKey {
  readonly id: string;
  readonly principal: Principal;
  /** Null: it does not expire. */
  readonly expiresAt: Date | null;
  /** The member behind it; null for the operator's own. */
  readonly createdBy: string | null;
}

export interface LoadedKey {
  readonly keyHash: Buffer;
  readonly key: AuthenticatedKey;
}

/** Every key that is not revoked and whose creator is still there; of one organization, or of all. */
export async function loadApiKeys({ db }: Database, organizationId: string | null): Promise<LoadedKey[]> {
  const { apiKeys, members } = schema;
  const rows = await db
    .select({ key: apiKeys, creatorRole: members.role })
    .from(apiKeys)
    .leftJoin(members, and(eq(members.organizationId, apiKeys.organizationId), eq(members.id, apiKeys.createdBy)))
    .where(
      and(
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.createdBy), eq(members.active, true)),
        organizationId === null ? undefined : eq(apiKeys.organizationId, organizationId),
      ),
    );
  return rows.flatMap(({ key: row, creatorRole }) => {
    const role = limitKeyRole(row.role, creatorRole);
    if (role === null) return [];
    const principal: Principal = {
      organizationId: row.organizationId,
      actor: { type: 'api_key', id: row.id },
      role,
      allowedModels: row.allowedModels ? new Set(row.allowedModels) : null,
      onUnsupported: row.onUnsupported,
    };
    return [{ keyHash: Buffer.from(row.keyHash), key: { id: row.id, principal, expiresAt: row.expiresAt, createdBy: row.createdBy } }];
  });
}
