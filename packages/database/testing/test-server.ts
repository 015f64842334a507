import pg from 'pg';

/** What the tests of a run share. */
export interface TestServer {
  /** A database on which databases may be created. */
  readonly url: string;
  /** The name of a migrated database to copy. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement that no transaction may hold, on a connection of its own. */
export async function runStatement(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What the tests write need not survive a power cut. */
export async function skipSyncs(url: string): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) await runStatement(url, `alter system set ${setting} = off`);
  await runStatement(url, 'select pg_reload_conf()');
}
