import type { ClientBase } from 'pg';
import { DatabaseSetupError } from './database-setup-error.ts';

const oldestMajor = 15;

/** @throws DatabaseSetupError `POSTGRES_TOO_OLD` for a server before PostgreSQL 15 */
export async function refuseOldPostgres(client: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
  refuseOldVersion(rows[0]?.version ?? 0);
}

/** @param versionNum PostgreSQL's `server_version_num`: 150004 is 15.4 */
export function refuseOldVersion(versionNum: number): void {
  const major = Math.floor(versionNum / 10_000);
  if (major >= oldestMajor) return;
  throw new DatabaseSetupError(
    'POSTGRES_TOO_OLD',
    `DATABASE_URL points to PostgreSQL ${major}; version ${oldestMajor} or newer is needed. Upgrade it, or unset DATABASE_URL to use the embedded one.`,
  );
}
