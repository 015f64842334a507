import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A server under test. */
export interface Target {
  readonly name: string;
  /** Ends in `/v1`. */
  readonly url: string;
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What it knows the model by. */
  readonly model: string;
}

export function startProgram(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const program = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The first line that a program prints. Rejects if it ends before. */
export async function firstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('A server of the benchmark stopped while starting.');
  });
  const [piece] = (await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended])) as [Buffer];
  return piece.toString().trim();
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** CPU time that a process has used, user and system, in milliseconds; null where the system does not tell. */
export function readCpuMs(pid: number): number | null {
  try {
    // "pid (name) state …", and the name may hold spaces and brackets; the clock has 100 ticks a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
