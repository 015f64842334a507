import { PipelinesError } from '@pipelines/contracts';
import { validate } from 'uuid';

/** The ID of the last row of the page before, as a list's cursor. @throws PipelinesError `invalid_request` */
export function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || validate(cursor)) return cursor;
  throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
}

/** What a query with a limit of one more than the page has found, as a page. */
export function pageOfRows<Row extends { readonly id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
): { data: Item[]; next_cursor: string | null } {
  const page = rows.slice(0, limit);
  return { data: page.map(present), next_cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
