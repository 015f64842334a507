import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../database/testing/run-embedded-postgres.ts', import.meta.url));

export interface HeldPostgres {
  readonly url: string;
  /** Of the server that runs now. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** A PostgreSQL that another process holds, and starts again when it dies. */
export async function holdPostgres(dataDir: string): Promise<HeldPostgres> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const first = (await Promise.race([once(child.stdout, 'data'), exited.then(() => null)])) as [Buffer] | null;
  if (first === null) throw new Error('PostgreSQL ended before it was ready.');
  const { url } = JSON.parse(first[0].toString()) as { url: string };
  return {
    url,
    get pid() {
      return readPid(dataDir);
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Zero while it is being started again. */
function readPid(dataDir: string): number {
  try {
    return Number(readFileSync(path.join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}
