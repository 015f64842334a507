import { type Log, toSafeError } from '@pipelines/contracts';
import type { Database } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { AuthenticatedKey } from './load-api-keys.ts';

const writeIntervalMs = 15_000;

/** Writes down when keys were last used, in one statement for many calls. */
export interface KeyUseWriter {
  record(key: AuthenticatedKey, at: Date): void;
  /** Writes what is left, and stops. */
  close(): Promise<void>;
}

export function createKeyUseWriter(database: Database, log: Log): KeyUseWriter {
  let used = new Map<string, { organizationId: string; at: Date }>();

  async function write(): Promise<void> {
    if (used.size === 0) return;
    const batch = used;
    used = new Map();
    const rows = [...batch].map(
      ([id, { organizationId, at }]) => sql`(${organizationId}::uuid, ${id}::uuid, ${at.toISOString()}::timestamptz)`,
    );
    try {
      await database.db.execute(sql`
        update api_keys set last_used_at = greatest(api_keys.last_used_at, used.at)
        from (values ${sql.join(rows, sql`, `)}) as used (organization_id, id, at)
        where api_keys.organization_id = used.organization_id and api_keys.id = used.id`);
    } catch (error) {
      // A hint for people, not a ledger: the next use writes it again.
      log({ event: 'task_failed', task: 'record_key_use', error: toSafeError(error) });
    }
  }

  const timer = setInterval(() => void write(), writeIntervalMs);
  timer.unref();
  return {
    record: (key, at) => used.set(key.id, { organizationId: key.principal.organizationId, at }),
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}
