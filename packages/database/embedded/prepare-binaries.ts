import fs from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSetupError } from '../database-setup-error.ts';
import type { OsUser } from './choose-os-user.ts';
import { hydrateSymlinks } from './hydrate-symlinks.ts';
import { locateBinaries } from './locate-binaries.ts';
import { runBinary } from './run-binary.ts';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * PostgreSQL's programs, proven to run as `user`: where npm put them, or else copied under `dataDir`, for a
 * checkout that PostgreSQL's user cannot enter (say under /root) or an install that is read-only.
 */
export async function prepareBinaries(dataDir: string, user: OsUser, installed: string = locateBinaries()): Promise<Binaries> {
  if (await isRunnable(installed, user)) return binariesIn(installed);

  const copied = await copyBinaries(installed, dataDir);
  if (await isRunnable(copied, user)) return binariesIn(copied);

  throw new DatabaseSetupError(
    'BINARIES_NOT_RUNNABLE',
    `The embedded PostgreSQL cannot be run from ${copied}. Check that the folder is not mounted noexec${
      user.uid === undefined ? '' : ` and that this process may run programs as user ${user.uid}`
    }, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function binariesIn(native: string): Binaries {
  const program = (name: string) => path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

async function isRunnable(native: string, user: OsUser): Promise<boolean> {
  try {
    await hydrateSymlinks(native);
  } catch {
    return false;
  }
  return (await runBinary(binariesIn(native).initdb, ['--version'], user, 10_000)).status === 0;
}

/** Copies into a scratch folder, then renames: a kill or a second process never leaves half a copy in place. */
async function copyBinaries(native: string, dataDir: string): Promise<string> {
  const { version } = JSON.parse(await fs.readFile(path.join(path.dirname(native), 'package.json'), 'utf8')) as { version: string };
  const runtime = path.join(dataDir, `postgres-runtime-${version}`);
  const copied = path.join(runtime, 'native');
  if (await fs.stat(copied).catch(() => null)) return copied;

  const scratch = await fs.mkdtemp(path.join(dataDir, `scratch-${process.pid}-`));
  try {
    await fs.cp(native, path.join(scratch, 'native'), { recursive: true, verbatimSymlinks: true });
    await openToAll(scratch);
    await fs.rename(scratch, runtime);
  } catch (error) {
    if (!(await fs.stat(copied).catch(() => null))) throw error;
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
  return copied;
}

/** The copy keeps the modes of the install, which may be read-only or, after a npm with umask 077, root's alone. */
async function openToAll(dir: string): Promise<void> {
  await fs.chmod(dir, 0o755);
  for (const entry of await fs.readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await fs.chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
}
