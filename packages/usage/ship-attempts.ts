import { type Database, databaseErrorCode, schema } from '@pipelines/database';
import { getTableColumns, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { addToSums } from './call-sums/add-to-sums.ts';
import { settleBudgets } from './settle-budgets.ts';

const columnNames = Object.values(getTableColumns(schema.attempts)).map((column) => column.name);
const settledColumns = columnNames.filter((name) => name !== 'organization_id' && name !== 'id');
const columnList = sql.raw(columnNames.map((name) => `"${name}"`).join(', '));
const settle = sql.raw(settledColumns.map((name) => `"${name}" = excluded."${name}"`).join(', '));

/**
 * Rows as a JSON list, and the process whose grants pay. Named, so that it is planned once: that takes longer than it takes
 * to write some rows. A row that PostgreSQL has just made has no `xmax`; one that it has updated has.
 */
const { sql: shipText } = new PgDialect().sqlToQuery(sql`
  with shipped as (
    insert into attempts (${columnList})
    select ${columnList} from json_populate_recordset(null::attempts, ${sql.placeholder('rows')}::json)
    on conflict (organization_id, id) do update set ${settle}
    where attempts.status = 'unknown' and excluded.status <> 'unknown'
    returning attempts.*, attempts.xmax = 0 as is_new
  ), summed as (${addToSums(sql`select * from shipped`)}),
  ${settleBudgets(sql`${sql.placeholder('processId')}`)}`);

/**
 * Writes rows of a process into the log, given as JSON objects by column names, and what they are and cost into the
 * sums and the budgets that they fall under: all or nothing. A row that is there already stays as it is, so that
 * shipping twice is harmless; only an `unknown` one gives way to what became of the call. Rows that the database can
 * never take (a damaged value) are returned; every other failure is thrown.
 */
export async function shipAttempts(
  { pool }: Pick<Database, 'pool'>,
  rows: readonly string[],
  processId: string | null = null,
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  try {
    await pool.query({ name: 'ship_attempts', text: shipText, values: [`[${rows.join(',')}]`, processId] });
    return [];
  } catch (error) {
    if (!isRowsFault(error)) throw error;
    if (rows.length === 1) return rows;
    const middle = rows.length >> 1;
    return [
      ...(await shipAttempts({ pool }, rows.slice(0, middle), processId)),
      ...(await shipAttempts({ pool }, rows.slice(middle), processId)),
    ];
  }
}

/** SQLSTATE classes 21 (the same row twice), 22 (bad value) and 23 (constraint): no later attempt can mend them. */
function isRowsFault(error: unknown): boolean {
  return /^2[123]/.test(databaseErrorCode(error) ?? '');
}
