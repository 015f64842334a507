import { randomBytes } from 'node:crypto';
import type { Log } from '@pipelines/contracts';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../open-database.ts';
import { databaseUrl, runStatement } from './test-server.ts';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** Closes `database` and drops it, with whatever else is still connected. */
  close(): Promise<void>;
}

const silent: Log = () => undefined;

/**
 * A fresh database with the full schema, for one test file, on the server of this test run: a copy of a
 * template that was migrated once.
 */
export async function createTestDatabase(log: Log = silent): Promise<TestDatabase> {
  const server = inject('testServer');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runStatement(server.url, `create database ${name} template ${server.template}`);

  const url = databaseUrl(server.url, name);
  const database = openDatabase({ url, poolSize: 5, log });
  return {
    url,
    database,
    async close() {
      await database.close();
      await runStatement(server.url, `drop database ${name} with (force)`);
    },
  };
}
