import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const serverFolder = fileURLToPath(new URL('../..', import.meta.url));

/** How a process has ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The product, as it is built, in a process of its own: as the operator starts it. */
export interface SpawnedProduct {
  readonly url: string;
  readonly pid: number;
  /** Standard output and error so far, together. */
  readonly output: string;
  readonly ended: Promise<ProcessEnd>;
  /** Resolves once it listens. @throws with its last words when it ends instead, or does not within a minute */
  ready(): Promise<void>;
  /** Sends the signal and waits for the end; one that does not come within 45 s is forced. */
  end(signal: NodeJS.Signals): Promise<ProcessEnd>;
}

export interface SpawnOptions {
  /** The whole environment but for `PATH`, `HOST` and `PORT`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
}

const readyTimeoutMs = 60_000;
const endTimeoutMs = 45_000;

export async function spawnProduct({ environment, port, nodeOptions = [] }: SpawnOptions): Promise<SpawnedProduct> {
  const chosenPort = port ?? (await chooseFreePort());
  const child = spawn(process.execPath, [...nodeOptions, path.join(serverFolder, 'dist/main.js')], {
    cwd: serverFolder,
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: String(chosenPort), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  // After `close` nothing more is written.
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as ProcessEnd);
  let listening = false;
  const listens = new Promise<boolean>((resolve) => {
    child.stdout.on('data', () => {
      listening ||= output().includes(' is running at ');
      if (listening) resolve(true);
    });
  });
  return {
    url: `http://127.0.0.1:${chosenPort}`,
    pid: child.pid ?? 0,
    get output() {
      return output();
    },
    ended,
    async ready() {
      const isReady = await within(readyTimeoutMs, Promise.race([listens, ended.then(() => false)]));
      if (isReady !== true) throw new Error(`The product did not start:\n${output()}`);
    },
    async end(signal) {
      child.kill(signal);
      const end = await within(endTimeoutMs, ended);
      if (end !== null) return end;
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function collectOutput({ stdout, stderr }: ChildProcess): () => string {
  const pieces: string[] = [];
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  return () => pieces.join('');
}

async function within<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, null);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function chooseFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
