import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorkerPlace } from './open-worker.ts';

const program = fileURLToPath(new URL('./run-worker.ts', import.meta.url));

export interface SpawnedWorker {
  /** As `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a worker in a process of its own; resolves when it takes tasks. */
export async function spawnWorker({ databaseUrl, dataDir, concurrency }: WorkerPlace): Promise<SpawnedWorker> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, databaseUrl, dataDir, String(concurrency)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const first = await Promise.race([once(child.stdout, 'data'), exited.then(() => null)]);
  if (first === null) throw new Error('The worker ended before it was ready.');
  return {
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
