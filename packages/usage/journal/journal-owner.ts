import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Who writes a journal folder. */
interface JournalOwner {
  /** Where process IDs mean the same: host name, boot and process namespace. */
  readonly place: string;
  /** Null once the owner has closed the folder. */
  readonly pid: number | null;
  /** Tells a process from a later one of the same ID; null where the system does not say. */
  readonly startToken: string | null;
}

const ownerFile = 'owner.json';
/** An owner elsewhere cannot be asked, so it keeps its file young. */
export const heartbeatMs = 10_000;
const elsewhereDeadMs = 120_000;

export async function writeOwner(folder: string): Promise<void> {
  const owner: JournalOwner = { place: describePlace(), pid: process.pid, startToken: readStartToken(process.pid) };
  await writeFile(path.join(folder, ownerFile), JSON.stringify(owner));
}

/** Gives the folder up with what is left in it: whoever looks next may settle it. */
export async function releaseOwner(folder: string): Promise<void> {
  const owner: JournalOwner = { place: describePlace(), pid: null, startToken: null };
  await writeFile(path.join(folder, ownerFile), JSON.stringify(owner));
}

export async function touchOwner(folder: string): Promise<void> {
  const now = new Date();
  await utimes(path.join(folder, ownerFile), now, now);
}

/**
 * Whether the process that writes this folder lives. Exact on the same machine (or in the same
 * container); for another one, which shares the folder's disk, judged by its heartbeat.
 */
export async function isOwnerAlive(folder: string): Promise<boolean> {
  const file = path.join(folder, ownerFile);
  const owner = await readOwner(file);
  if (owner?.pid === null) return false;
  if (owner !== null && owner.place === describePlace()) return isProcessAlive(owner.pid, owner.startToken);
  // Without a readable owner the folder may just be in the making: its age decides too.
  const { mtimeMs } = await stat(owner === null ? folder : file);
  return Date.now() - mtimeMs < elsewhereDeadMs;
}

async function readOwner(file: string): Promise<JournalOwner | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JournalOwner;
  } catch {
    return null;
  }
}

function isProcessAlive(pid: number, startToken: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startToken === null || readStartToken(pid) === startToken;
}

/** Linux: the process's start in ticks since boot. A zombie counts as gone. */
function readStartToken(pid: number): string | null {
  try {
    // "pid (name) state …", and the name may hold spaces and brackets
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

let place: string | null = null;

function describePlace(): string {
  place ??= [os.hostname(), readOrEmpty('/proc/sys/kernel/random/boot_id'), readLinkOrEmpty('/proc/self/ns/pid')].join('|');
  return place;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function readLinkOrEmpty(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
