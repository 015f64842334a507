import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { OsUser } from '../embedded/choose-os-user.ts';
import { clusterFiles } from '../embedded/cluster-files.ts';
import { readPostmaster } from '../embedded/postmaster-file.ts';

/** A temporary DATA_DIR that every user can reach, owned by `user`. */
export function makeDataDir(user: OsUser = {}): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipelines-embedded-'));
  fs.chmodSync(dir, 0o711);
  if (user.uid !== undefined && user.gid !== undefined) fs.chownSync(dir, user.uid, user.gid);
  return dir;
}

/** Removes it; a server that a failed test has left on it is killed first. */
export function removeDataDir(dir: string): void {
  const left = readPostmaster(clusterFiles(dir).data);
  if (left) process.kill(left.pid, 'SIGKILL');
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** One query on a connection of its own. */
export async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}
