import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSetupError } from '../database-setup-error.ts';
import { canTraverse } from './can-traverse.ts';
import { chooseOsUser } from './choose-os-user.ts';
import { clusterFiles } from './cluster-files.ts';

/**
 * The first of `candidates` that can hold an embedded cluster, made if it is not there: we can write it, its
 * file system keeps permissions, and the user that PostgreSQL runs as can reach it. A candidate that holds
 * a cluster already is never passed over, so that a change of permissions cannot start an empty database
 * elsewhere.
 *
 * @param candidates where the operator gave no folder: `['./data', '/var/lib/pipelines']`; else only that one
 * @returns the absolute path
 * @throws DatabaseSetupError `DATA_DIR_UNUSABLE`, with the reason for each candidate
 */
export function chooseDataDir(candidates: readonly string[]): string {
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const dir = path.resolve(candidate);
    const reason = findFault(dir);
    if (reason === null) return dir;
    reasons.push(`${dir}: ${reason}`);
    if (fs.existsSync(clusterFiles(dir).root)) break;
  }
  throw new DatabaseSetupError(
    'DATA_DIR_UNUSABLE',
    `No folder can hold the embedded database (${reasons.join('; ')}). Set DATA_DIR to a folder that serves, or DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function findFault(dir: string): string | null {
  try {
    const made = makeDir(dir);
    const fault = findFaultIn(dir);
    if (fault) for (const folder of made) fs.rmdirSync(folder);
    return fault;
  } catch (error) {
    if (error instanceof DatabaseSetupError) throw error;
    return `it cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}

function findFaultIn(dir: string): string | null {
  const user = chooseOsUser(clusterFiles(dir).data);
  if (!canTraverse(dir, user)) return `PostgreSQL runs as user ${user.uid}, which may not enter this path`;
  return keepsPermissions(dir, user.uid) ? null : 'this file system does not keep owners and permissions';
}

/**
 * Folders that we make are closed to others, but root's must let PostgreSQL's user through.
 *
 * @returns those that were made, innermost first
 */
function makeDir(dir: string): string[] {
  const first = fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const made: string[] = [];
  for (let folder = dir; first && folder.length >= first.length; folder = path.dirname(folder)) made.push(folder);
  // mkdir's mode is cut by the umask; chmod's is not
  if (process.getuid?.() === 0) for (const folder of made) fs.chmodSync(folder, 0o711);
  return made;
}

function keepsPermissions(dir: string, uid: number | undefined): boolean {
  const probe = fs.mkdtempSync(path.join(dir, '.probe-'));
  try {
    fs.chmodSync(probe, 0o700);
    if (uid !== undefined) fs.chownSync(probe, uid, -1);
    const { mode, uid: owner } = fs.statSync(probe);
    return process.platform === 'win32' || ((mode & 0o777) === 0o700 && (uid === undefined || owner === uid));
  } finally {
    fs.rmdirSync(probe);
  }
}
