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

/**
 * Whether the database could not be asked: nobody there, no answer in time, or a server that starts, stops or
 * has no connection left. The same query may work later.
 */
export function isDatabaseGone(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    return code === undefined ? goneMessages.has(cause.message) : goneCodes.has(code);
  });
}

const goneCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  // Connections: too many, lost. Statements: over their time. The server: stops, has crashed, starts.
  ...['53300', '08006', '57014', '57P01', '57P02', '57P03'],
]);

/** The driver and its pool give these no code. */
const goneMessages = new Set([
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Query read timeout',
]);

/** Drizzle wraps PostgreSQL's error in one of its own, whose message holds the query's parameters. */
function findPostgresError(error: unknown): pg.DatabaseError | null {
  return causesOf(error).find((cause) => cause instanceof pg.DatabaseError) ?? null;
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let current = error; current instanceof Error && causes.length < 5; current = current.cause) causes.push(current);
  return causes;
}
