import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSetupError } from '../database-setup-error.ts';
import type { OsUser } from './choose-os-user.ts';
import { type ClusterFiles, clusterFiles, clusterUser, clusterVersion, filesAt } from './cluster-files.ts';
import { isProcessAlive } from './is-process-alive.ts';
import type { Binaries } from './prepare-binaries.ts';
import { runBinary } from './run-binary.ts';

/**
 * Makes the cluster of `dataDir` unless it is there. It grows in a scratch folder and appears by one rename:
 * a kill leaves nothing half-made, and of two processes that start at once one wins and both use its cluster.
 */
export async function initializeCluster(dataDir: string, binaries: Binaries, user: OsUser): Promise<void> {
  removeAbandonedScratch(dataDir);
  const cluster = clusterFiles(dataDir);
  if (fs.existsSync(cluster.root)) return refuseOtherVersion(cluster);

  const scratch = fs.mkdtempSync(path.join(dataDir, `scratch-${process.pid}-`));
  try {
    const files = filesAt(scratch);
    makeFolders(files, user);
    await runInitdb(files, binaries, user);
    putInPlace(scratch, cluster.root);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function makeFolders(files: ClusterFiles, user: OsUser): void {
  // PostgreSQL's user must pass through root's folder to reach its own.
  fs.chmodSync(files.root, user.uid === undefined ? 0o700 : 0o711);
  fs.mkdirSync(files.data);
  fs.chmodSync(files.data, 0o700);
  give(files.data, user);
}

async function runInitdb(files: ClusterFiles, binaries: Binaries, user: OsUser): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  fs.writeFileSync(files.password, password, { mode: 0o600 });
  // initdb runs as another user than ours when we are root, so it gets a copy of its own, for a moment.
  const passwordForInitdb = `${files.password}-for-initdb`;
  fs.writeFileSync(passwordForInitdb, password, { mode: 0o600 });
  give(passwordForInitdb, user);

  const args = ['--pgdata', files.data, '--username', clusterUser, '--pwfile', passwordForInitdb, '--auth', 'scram-sha-256'];
  const locale = ['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
  const { status, stderr } = await runBinary(binaries.initdb, [...args, ...locale, '--data-checksums'], user, 120_000, files.data);
  fs.rmSync(passwordForInitdb);
  if (status === 0) return;

  const full = /No space left/.test(stderr);
  throw new DatabaseSetupError(
    'CLUSTER_NOT_CREATED',
    `The embedded database could not be created in ${path.dirname(files.root)}: ${
      full ? 'the disk is full' : `initdb ended with status ${status}`
    }. Check the folder and its disk, or set DATA_DIR to another one.`,
  );
}

function putInPlace(scratch: string, root: string): void {
  try {
    fs.renameSync(scratch, root);
  } catch (error) {
    if (!fs.existsSync(root)) throw error;
  }
}

function refuseOtherVersion(cluster: ClusterFiles): void {
  let version: string;
  try {
    version = fs.readFileSync(path.join(cluster.data, 'PG_VERSION'), 'utf8').trim();
    fs.accessSync(cluster.password, fs.constants.R_OK);
  } catch {
    throw new DatabaseSetupError(
      'CLUSTER_UNREADABLE',
      `The embedded database in ${cluster.root} cannot be read. Start the server as the user who created it, or set DATA_DIR to another folder.`,
    );
  }
  if (version === clusterVersion) return;
  throw new DatabaseSetupError(
    'CLUSTER_INCOMPATIBLE',
    `The embedded database in ${cluster.root} was written by PostgreSQL ${version}, and this release brings ${clusterVersion}. Dump it with the release that wrote it, and load the dump here.`,
  );
}

function give(file: string, user: OsUser): void {
  if (user.uid !== undefined && user.gid !== undefined) fs.chownSync(file, user.uid, user.gid);
}

function removeAbandonedScratch(dataDir: string): void {
  for (const name of fs.readdirSync(dataDir)) {
    const pid = /^scratch-(\d+)-/.exec(name)?.[1];
    if (pid && !isProcessAlive(Number(pid))) fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}
