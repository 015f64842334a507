import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The process of the embedded PostgreSQL of a data folder; null when none is said to run. */
export function readPostmasterPid(dataDir: string): number | null {
  try {
    const [pid = ''] = readFileSync(path.join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
    return Number(pid) > 0 ? Number(pid) : null;
  } catch {
    return null;
  }
}

/** Ends a PostgreSQL that a product which was killed has left running. */
export function stopCluster(dataDir: string): void {
  const pid = readPostmasterPid(dataDir);
  if (pid !== null) signalOrNot(pid, 'SIGKILL');
}

/** Sends a signal to the server and its backends: the server first, so that it makes no new ones. Linux. */
export function signalCluster(dataDir: string, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  const pid = readPostmasterPid(dataDir);
  if (pid === null) throw new Error('No PostgreSQL runs on this data folder.');
  const backends = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').map(Number).filter(Boolean);
  for (const each of [pid, ...backends]) signalOrNot(each, signal);
}

function signalOrNot(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
