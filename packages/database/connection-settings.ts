import type { PoolConfig } from 'pg';

const statementTimeoutMs = 30_000;

/** What every connection has: nothing waits for ever, neither here nor on the server. */
export function connectionSettings(url: string, applicationName: string): PoolConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    // The server's own timeout comes first; this one is for a server that does not answer at all.
    query_timeout: statementTimeoutMs + 5_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}
