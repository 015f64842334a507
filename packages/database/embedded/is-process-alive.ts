import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** Whether a process with this id runs. A zombie, which a PID 1 that reaps nothing leaves behind, does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return readProcessState(pid) !== 'Z';
}

/**
 * Whether `pid` is a live PostgreSQL server on `data`. After a crash, and above all in a restarted container,
 * the id in a left-over lock file may long belong to somebody else.
 */
export function isPostmasterAlive(pid: number, data: string): boolean {
  if (!isProcessAlive(pid)) return false;
  const command = readCommand(pid);
  return command === null || (/postgres/.test(command) && command.includes(data));
}

function readProcessState(pid: number): string | null {
  try {
    // "pid (name) state …", and the name may hold spaces and brackets
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.charAt(0) ?? null;
  } catch {
    return null;
  }
}

/** The command line, or null where the system does not tell it. */
function readCommand(pid: number): string | null {
  try {
    if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'darwin') return execFileSync('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // gone meanwhile, or hidden from us: the caller's next look settles it
  }
  return null;
}
