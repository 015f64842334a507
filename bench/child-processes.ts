import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

export function startProgram(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return spawn(process.execPath, [...loader, program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The first line that a program prints. Rejects if it ends before. */
export async function firstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('A server of the benchmark stopped while starting.');
  });
  const [piece] = (await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended])) as [Buffer];
  return piece.toString().trim();
}

const patienceMs = 20_000;

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(timer);
}

/** Waits until a server answers 200 at a URL, for a minute at most. */
export async function waitUntilAnswered(child: ChildProcess, url: string, goodStatus = 200): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === goodStatus) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Nothing answers at ${url}.`);
}

/** Keeps a process to one core, and the load to another, where `taskset` exists and there are two. */
export function pinToCore(pid: number, core: 'of the servers' | 'of the load'): void {
  const cores = availableParallelism();
  if (cores < 2) return;
  spawnSync('taskset', ['-acp', String(core === 'of the servers' ? cores - 1 : 0), String(pid)], { stdio: 'ignore' });
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
