import pg from 'pg';

const sqlStateShape = /^[0-9A-Z]{5}$/;
const uniqueViolation = '23505';

/** The SQLSTATE of a failed query, such as `23505`, or null for anything that PostgreSQL did not say. */
export function databaseErrorCode(error: unknown): string | null {
  const code = findPostgresError(error)?.code;
  return code && sqlStateShape.test(code) ? code : null;
}

/**
 * Whether a row could not be written because it exists already.
 *
 * @param constraint the unique constraint or index that must be the one; any, when left out
 */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = findPostgresError(error);
  return found?.code === uniqueViolation && (constraint === undefined || found.constraint === constraint);
}

/** Drizzle wraps PostgreSQL's error in one of its own, whose message holds the query's parameters. */
function findPostgresError(error: unknown): pg.DatabaseError | null {
  let current = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (current instanceof pg.DatabaseError) return current;
    if (!(current instanceof Error)) return null;
    current = current.cause;
  }
  return null;
}
