import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import type { Place } from './find-leaks.ts';

/** A PostgreSQL that writes every statement with its parameters to its log. */
export interface WatchedPostgres {
  /** A database of its own for each start; the user's password is in the URL. */
  createDatabase(): Promise<string>;
  readonly password: string;
  /** Its log and its write-ahead log. */
  readLogs(): Place[];
  stop(): Promise<void>;
}

const role = 'watched';

export async function startWatchedPostgres(): Promise<WatchedPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipelines-canary-'));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  const password = `CNRY-db-${randomBytes(16).toString('hex')}`;
  await run(server.url, `create role ${role} login createdb password '${password}'`);
  await run(server.url, 'alter system set fsync = off');
  await run(server.url, `alter system set log_statement = 'all'`);
  await run(server.url, 'select pg_reload_conf()');
  return {
    password,
    async createDatabase() {
      const url = new URL(server.url);
      url.username = role;
      url.password = password;
      url.pathname = `/watched_${randomBytes(6).toString('hex')}`;
      await run(server.url, `create database ${url.pathname.slice(1)} owner ${role}`);
      return url.href;
    },
    readLogs() {
      const cluster = path.join(folder, 'postgres');
      const walFolder = path.join(cluster, 'data', 'pg_wal');
      const segments = readdirSync(walFolder).filter((name) => /^[0-9A-F]{24}$/.test(name));
      return [
        { name: "PostgreSQL's log", bytes: readFileSync(path.join(cluster, 'postgres.log')) },
        ...segments.map((name) => ({ name: `write-ahead log ${name}`, bytes: readFileSync(path.join(walFolder, name)) })),
      ];
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

async function run(url: string, statement: string): Promise<void> {
  const database = openDatabase({ url, poolSize: 1, log: () => undefined });
  try {
    await database.pool.query(statement);
  } finally {
    await database.close();
  }
}
