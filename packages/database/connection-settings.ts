import type { PoolConfig } from 'pg';

const statementTimeoutMs = 30_000;

/**
 * For statements that run many times a second: each is planned once, and again when the statistics of its tables are taken. What
 * they look for they find by its key, also where a table has been so small that going through it looked cheaper.
 */
const steadyPlans = { plan_cache_mode: 'force_generic_plan', jit: 'off', enable_seqscan: 'off' };

/** The URL with settings of the server that hold for its connections, beside those that it names already. */
export function withServerSettings(url: string, settings: Readonly<Record<string, string>>): string {
  const changed = new URL(url);
  const options = changed.searchParams.get('options');
  const added = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  changed.searchParams.set('options', [...(options === null ? [] : [options]), ...added].join(' '));
  return changed.href;
}

export function withSteadyPlans(url: string): string {
  return withServerSettings(url, steadyPlans);
}

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
