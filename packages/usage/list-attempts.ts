import { type attemptListQuerySchema, type attemptPageSchema, PipelinesError } from '@pipelines/contracts';
import { type Database, schema } from '@pipelines/database';
import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { z } from 'zod';
import { attemptSelection, toAttempt } from './attempt-view.ts';

export type AttemptListQuery = z.infer<typeof attemptListQuerySchema>;
export type AttemptPage = z.infer<typeof attemptPageSchema>;

const { attempts, apiKeys, members } = schema;

/**
 * One page of an organization's log, newest first. `from` is included, `to` is not. The cursor is the place of
 * the last row, so that rows that arrive meanwhile neither repeat nor hide one.
 */
export async function listAttempts({ db }: Pick<Database, 'db'>, organizationId: string, query: AttemptListQuery): Promise<AttemptPage> {
  if ([query.api_key_id, query.credential_id].some((id) => id !== undefined && !isUuid(id))) return { data: [], next_cursor: null };
  const rows = await db
    .select({
      ...attemptSelection,
      cursorAt: sql<string>`to_char(${attempts.startedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    })
    .from(attempts)
    .leftJoin(apiKeys, and(eq(apiKeys.organizationId, attempts.organizationId), eq(apiKeys.id, attempts.apiKeyId)))
    .leftJoin(members, and(eq(members.organizationId, attempts.organizationId), eq(members.id, attempts.memberId)))
    .where(
      and(
        eq(attempts.organizationId, organizationId),
        query.slug === undefined ? undefined : eq(attempts.slug, query.slug),
        query.status === undefined ? undefined : eq(attempts.status, query.status),
        query.source === undefined ? undefined : eq(attempts.source, query.source),
        query.api_key_id === undefined ? undefined : eq(attempts.apiKeyId, query.api_key_id),
        query.provider === undefined ? undefined : eq(attempts.provider, query.provider),
        query.credential_id === undefined ? undefined : eq(attempts.credentialId, query.credential_id),
        query.cost === undefined ? undefined : sql`${attempts.cost} is null and ${attempts.status} <> 'failed'`,
        query.from === undefined ? undefined : gte(attempts.startedAt, new Date(query.from)),
        query.to === undefined ? undefined : lt(attempts.startedAt, new Date(query.to)),
        query.cursor === undefined ? undefined : isAfterCursor(query.cursor),
      ),
    )
    .orderBy(desc(attempts.startedAt), desc(attempts.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map(toAttempt),
    next_cursor: rows.length > page.length && last !== undefined ? encodeCursor(last.cursorAt, last.attempt.id) : null,
  };
}

/** Microseconds, as the column has them: a JavaScript date would lose three digits. */
function encodeCursor(startedAt: string, id: string): string {
  return Buffer.from(`${startedAt} ${id}`).toString('base64url');
}

const cursorShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f-]{36})$/;

function isAfterCursor(cursor: string): SQL {
  const match = cursorShape.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  const [, startedAt, id] = match ?? [];
  if (startedAt === undefined || id === undefined || !isUuid(id) || Number.isNaN(Date.parse(startedAt))) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  return sql`(${attempts.startedAt}, ${attempts.id}) < (${startedAt}::timestamptz, ${id}::uuid)`;
}
