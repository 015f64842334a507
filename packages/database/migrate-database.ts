import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '@pipelines/contracts';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg, { type Client } from 'pg';
import { databaseErrorCode } from './database-errors.ts';
import { DatabaseSetupError } from './database-setup-error.ts';
import type { Database } from './open-database.ts';
import { refuseOldPostgres } from './refuse-old-postgres.ts';

/** Advisory lock of whoever migrates; drizzle itself takes none, and two at once fail. */
const lockKey = [1_886_414_965, 2] as const;

export interface MigrateOptions {
  /** Where the SQL files are, with `meta/_journal.json`. A bundle gives its own; default: next to this file. */
  readonly migrationsDir?: string;
}

/**
 * Brings the schema up to date with the checked-in SQL files, all of them or none. Any number of processes
 * may call it at once: one migrates, the others wait and find nothing left to do.
 *
 * @returns how many migrations were applied
 * @throws DatabaseSetupError when PostgreSQL is too old, the files are missing, or one of them fails
 */
export async function migrateDatabase(database: Pick<Database, 'pool'>, log: Log, options: MigrateOptions = {}): Promise<number> {
  const migrationsDir = options.migrationsDir ?? fileURLToPath(new URL('./migrations', import.meta.url));
  if (!fs.existsSync(path.join(migrationsDir, 'meta', '_journal.json'))) {
    throw new DatabaseSetupError('MIGRATIONS_MISSING', `There are no migrations in ${migrationsDir}. Build the server again.`);
  }
  // A connection of its own: waiting for the lock, and rewriting a large table, may take longer than any other statement.
  const client = new pg.Client({ ...database.pool.options, statement_timeout: 0, query_timeout: 0 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseOldPostgres(client);
    const count = await migrateUnderLock(client, migrationsDir);
    log({ event: 'migrations_applied', count });
    return count;
  } finally {
    // This frees the lock.
    await client.end();
  }
}

async function migrateUnderLock(client: Client, migrationsDir: string): Promise<number> {
  await client.query('select pg_advisory_lock($1, $2)', [...lockKey]);
  const before = await countApplied(client);
  try {
    await migrate(drizzle(client), { migrationsFolder: migrationsDir });
  } catch (error) {
    const state = databaseErrorCode(error);
    throw new DatabaseSetupError(
      'MIGRATION_FAILED',
      `The database could not be brought up to date${state ? ` (PostgreSQL's SQLSTATE ${state})` : ''}; nothing was changed. Restore the release that ran before, and report this.`,
      { cause: error },
    );
  }
  return (await countApplied(client)) - before;
}

async function countApplied(client: Client): Promise<number> {
  const table = await client.query<{ found: boolean }>(`select to_regclass('drizzle.__drizzle_migrations') is not null as found`);
  if (!table.rows[0]?.found) return 0;
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from drizzle.__drizzle_migrations');
  return rows[0]?.count ?? 0;
}
