import { execFile } from 'node:child_process';
import type { OsUser } from './choose-os-user.ts';

/**
 * What PostgreSQL's processes get as environment. Ours is not passed on: it may hold provider keys, and
 * PG* variables would change what the binaries do.
 */
export const binaryEnv: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };

export interface BinaryResult {
  /** Exit status, or null when it could not be started or was killed. */
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs one of PostgreSQL's programs to its end, as `user`. Never rejects. */
export function runBinary(file: string, args: readonly string[], user: OsUser, timeoutMs: number, cwd?: string): Promise<BinaryResult> {
  return new Promise((resolve) => {
    const options = { ...user, ...(cwd ? { cwd } : {}), env: binaryEnv, timeout: timeoutMs, windowsHide: true };
    try {
      execFile(file, [...args], options, (error, _stdout, stderr) => {
        resolve({ status: error ? (typeof error.code === 'number' ? error.code : null) : 0, stderr });
      });
    } catch {
      // spawn throws at once, instead of emitting, when the change of user is not permitted
      resolve({ status: null, stderr: '' });
    }
  });
}
