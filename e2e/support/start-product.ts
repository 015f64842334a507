import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
const readyTimeoutMs = 60_000;
const stopTimeoutMs = 40_000;

export interface ProductOptions {
  /** Makes the first admin and an admin API key at once; otherwise the product prints its setup link. */
  readonly bootstrap?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Product {
  readonly url: string;
  readonly dataDir: string;
  readonly admin: { readonly email: string; readonly password: string; readonly apiKey: string };
  /** Everything that it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** The built product as an operator starts it: a process of its own, on its embedded PostgreSQL, in an empty directory. */
export async function startProduct({ bootstrap = true, environment = {} }: ProductOptions = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pipelines-journey-'));
  // As root, PostgreSQL runs as another user, who must pass.
  chmodSync(dataDir, 0o711);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const admin = {
    email: 'dana@acme.example',
    password: randomBytes(12).toString('base64url'),
    apiKey: `ppl_${randomBytes(20).toString('hex')}`,
  };
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...operatorSettings(port, dataDir),
      ...(bootstrap ? bootstrapOf(admin) : {}),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const stop = async () => {
    await stopProcess(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, child);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${output}`);
  }
  return { url, dataDir, admin, output: () => output, stop };
}

function operatorSettings(port: number, dataDir: string) {
  return { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir };
}

function bootstrapOf(admin: Product['admin']) {
  return { BOOTSTRAP_ADMIN_EMAIL: admin.email, BOOTSTRAP_ADMIN_PASSWORD: admin.password, BOOTSTRAP_API_KEY: admin.apiKey };
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The product ended with code ${child.exitCode} before it was ready.`);
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  throw new Error('The product was not ready in time.');
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}

/** Below those that a system gives to connections: until the product listens, nobody takes it by chance. */
async function freePort(triesLeft = 20): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  if (isFree) return port;
  if (triesLeft === 0) throw new Error('No free port was found.');
  return freePort(triesLeft - 1);
}
