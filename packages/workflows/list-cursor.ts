import { PipelinesError } from '@pipelines/contracts';
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';

/** A moment in microseconds, as the column has it: a JavaScript date would lose three digits. */
export function cursorMoment(column: AnyColumn): SQL<string> {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The place of a row in a list that is ordered by a moment and an ID, both descending. */
function encodeCursor(moment: string, id: string): string {
  return Buffer.from(`${moment} ${id}`).toString('base64url');
}

const cursorShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f-]{36})$/;

/** The condition that a row comes after the cursor. @throws PipelinesError `invalid_request` for a text that `encodeCursor` has not made */
export function isAfterCursor(cursor: string, moment: AnyColumn, id: AnyColumn): SQL {
  const [, at, rowId] = cursorShape.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (at === undefined || rowId === undefined || !isUuid(rowId) || Number.isNaN(Date.parse(at))) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  return sql`(${moment}, ${id}) < (${at}::timestamptz, ${rowId}::uuid)`;
}

/** What a query with a limit of one more than the page has found, as a page. */
export function toPage<Row extends { readonly cursorAt: string }>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeCursor(last.cursorAt, idOf(last)) : null };
}
