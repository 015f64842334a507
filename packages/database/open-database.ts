import type { Log } from '@pipelines/contracts';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { connectionSettings, withSteadyPlans } from './connection-settings.ts';
import { createListenConnection, type ListenConnection } from './listen-connection.ts';
import * as schema from './schema/index.ts';

export interface DatabaseOptions {
  /** `postgres://…`, of PostgreSQL 15 or newer; embedded or external makes no difference. */
  readonly url: string;
  /** Connections at most, besides one for `listen`. */
  readonly poolSize?: number;
  /** Named statements are planned once, and again only when the statistics of their tables are taken. */
  readonly steadyPlans?: boolean;
  readonly log: Log;
}

type Schema = typeof schema;

/** What `db.transaction` hands to its callback. */
export type Transaction = Parameters<Parameters<NodePgDatabase<Schema>['transaction']>[0]>[0];

/** For functions that work on the database itself as well as in a transaction of it. */
export type Queries = PgDatabase<NodePgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

/**
 * An open PostgreSQL. NUMERIC and BIGINT come back as strings, exact. A thrown error may hold the query's
 * parameters in its message: log it as `toSafeError`, and tell errors apart by `databaseErrorCode` and `isUniqueViolation`.
 */
export interface Database {
  readonly db: NodePgDatabase<Schema>;
  readonly pool: pg.Pool;
  readonly listen: ListenConnection['listen'];
  /** Whether the database answers within two seconds. */
  ping(): Promise<boolean>;
  /** Waits for queries that run, then closes every connection. May be called twice. */
  close(): Promise<void>;
}

const defaultPoolSize = 10;
const pingTimeoutMs = 2_000;

/** Opens no connection yet: the first query does, and each later one where the database had gone away. */
export function openDatabase({ url, poolSize = defaultPoolSize, steadyPlans = false, log }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...connectionSettings(steadyPlans ? withSteadyPlans(url) : url, 'pipelines'),
    max: poolSize,
    idleTimeoutMillis: 60_000,
  });
  // A connection that breaks is replaced by the pool, and whoever uses it hears of it by the query; without a listener it would
  // end the process: one of the pool while it is idle, and one of its own while a transaction has it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const listener = createListenConnection(url, log);
  let closed: Promise<void> | null = null;

  return {
    db: drizzle(pool, { schema }),
    pool,
    listen: listener.listen,
    ping: () => ping(pool),
    close() {
      closed ??= Promise.all([pool.end(), listener.close()]).then(() => undefined);
      return closed;
    },
  };
}

async function ping(pool: pg.Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, pingTimeoutMs, false);
  });
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
