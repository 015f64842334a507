import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import type { OsUser } from './choose-os-user.ts';
import type { ClusterFiles } from './cluster-files.ts';
import type { Binaries } from './prepare-binaries.ts';
import { binaryEnv } from './run-binary.ts';

/** Durability (fsync, full_page_writes, synchronous_commit) stays as PostgreSQL ships it: on. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A failed statement's text and DETAIL may hold a user's data, so errors are not written to the log file.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  // Until somebody has looked at it, a table that has just grown is planned for as if it were empty.
  autovacuum_naptime: '15s',
  // Fewer idle processes: nothing here replicates, and reads come from the page cache.
  io_method: 'sync',
  max_logical_replication_workers: '0',
};

const logLimitBytes = 1_000_000;

export interface Launch {
  /** Resolves when the process is gone, with what it wrote to the log since it was launched. */
  readonly exited: Promise<string>;
  readonly child: ChildProcess;
}

/**
 * Starts PostgreSQL in a process group of its own, so that a Ctrl-C meant for us does not stop it before we
 * have closed our connections, and with a file for its messages, so that it outlives us unharmed.
 */
export function launchPostmaster(cluster: ClusterFiles, binaries: Binaries, user: OsUser, port: number): Launch {
  const tooLong = (fs.statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes;
  const log = fs.openSync(cluster.log, tooLong ? 'w' : 'a', 0o600);
  const logStart = fs.fstatSync(log).size;
  try {
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(binaries.postgres, ['-D', cluster.data, '-p', String(port), ...options], {
      ...user,
      cwd: cluster.data,
      env: binaryEnv,
      stdio: ['ignore', log, log],
      detached: true,
      windowsHide: true,
    });
    child.unref();
    const exited = new Promise<string>((resolve) => {
      const finish = () => resolve(readFrom(cluster.log, logStart));
      child.once('exit', finish);
      child.once('error', finish);
    });
    return { child, exited };
  } finally {
    fs.closeSync(log);
  }
}

function readFrom(file: string, offset: number): string {
  try {
    return fs.readFileSync(file).subarray(offset).toString('utf8');
  } catch {
    return '';
  }
}
