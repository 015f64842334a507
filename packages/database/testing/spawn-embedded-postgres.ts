import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OsUser } from '../embedded/choose-os-user.ts';

const program = fileURLToPath(new URL('./run-embedded-postgres.ts', import.meta.url));

export interface SpawnedPostgres {
  readonly url: string;
  /** PostgreSQL's, not Node's. */
  readonly pid: number;
  readonly attached: boolean;
  readonly node: ChildProcess;
  /** Ends the Node process and waits until it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts the embedded PostgreSQL of `dataDir` from another Node process, as `user`. */
export async function spawnEmbeddedPostgres(dataDir: string, user: OsUser = {}): Promise<SpawnedPostgres> {
  const node = spawn(process.execPath, ['--import', 'tsx', program, dataDir], { ...user, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(node, 'exit');
  const line = once(createInterface(node.stdout), 'line');
  const [first] = await Promise.race([line, exited.then(() => [null])]);
  if (typeof first !== 'string') throw new Error('The process ended before PostgreSQL was ready.');
  return {
    ...(JSON.parse(first) as { url: string; pid: number; attached: boolean }),
    node,
    async end(signal) {
      node.kill(signal);
      await exited;
    },
  };
}
