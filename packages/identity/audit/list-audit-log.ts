import { type AuditEntry, PipelinesError } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, lt } from 'drizzle-orm';
import { validate } from 'uuid';
import type { IdentityContext } from '../identity-context.ts';

export interface AuditLogPage {
  readonly data: AuditEntry[];
  readonly next_cursor: string | null;
}

/** Newest first. The IDs are ordered by time, so the last one of a page is its cursor. */
export async function listAuditLog(
  { database }: IdentityContext,
  organizationId: string,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<AuditLogPage> {
  const { auditLog, members, apiKeys } = schema;
  if (query.cursor !== undefined && !validate(query.cursor)) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  const rows = await database.db
    .select({ entry: auditLog, memberName: members.name, keyName: apiKeys.name })
    .from(auditLog)
    .leftJoin(members, and(eq(members.organizationId, auditLog.organizationId), eq(members.id, auditLog.actorId)))
    .leftJoin(apiKeys, and(eq(apiKeys.organizationId, auditLog.organizationId), eq(apiKeys.id, auditLog.actorId)))
    .where(and(eq(auditLog.organizationId, organizationId), query.cursor ? lt(auditLog.id, query.cursor) : undefined))
    .orderBy(desc(auditLog.id))
    .limit(query.limit + 1);

  const data = rows.slice(0, query.limit).map(({ entry, memberName, keyName }) => ({
    id: entry.id,
    at: entry.at.toISOString(),
    actor: { type: entry.actorType, id: entry.actorId, name: memberName ?? keyName },
    action: entry.action,
    object_type: entry.objectType,
    object_id: entry.objectId,
    field_names: entry.fieldNames,
  }));
  return { data, next_cursor: rows.length > query.limit ? (data.at(-1)?.id ?? null) : null };
}
