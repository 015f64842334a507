import fs from 'node:fs';
import path from 'node:path';
import { isPostmasterAlive } from './is-process-alive.ts';

/** What PostgreSQL says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** False while it starts, recovers or stops. */
  readonly ready: boolean;
}

const fileIn = (data: string) => path.join(data, 'postmaster.pid');

/**
 * The live server of a data folder, or null. A lock file whose process is a zombie or somebody else is
 * removed, since PostgreSQL itself would take it for a live server and refuse to start.
 */
export function readPostmaster(data: string): Postmaster | null {
  const content = readFile(fileIn(data));
  if (content === null) return null;
  const lines = content.split('\n');
  const pid = Number(lines[0]);
  const stale = pid > 0 ? !isPostmasterAlive(pid, data) : isLeftEmpty(data);
  if (stale) removeStaleFile(data, content);
  if (stale || !(pid > 0)) return null;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
}

/** The file appears empty and is written at once; one that stays empty was cut short by a crash of the machine. */
function isLeftEmpty(data: string): boolean {
  const written = fs.statSync(fileIn(data), { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && Date.now() - written > 10_000;
}

/** Takes the file away under another name first, and puts it back if a server has just written a new one. */
function removeStaleFile(data: string, staleContent: string): void {
  const aside = `${fileIn(data)}.stale-${process.pid}`;
  try {
    fs.renameSync(fileIn(data), aside);
    if (fs.readFileSync(aside, 'utf8') !== staleContent) fs.linkSync(aside, fileIn(data));
  } catch {
    // another process did the same at the same time
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function readFile(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
