import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findFreePort, stopProgram, waitUntilAnswered } from '../child-processes.ts';
import type { RunningTarget } from '../target.ts';

const version = '1.15.2';
/** With a newer one, every streaming call ends with status 500. */
const nodeServerVersion = '1.13.8';

/**
 * `@portkey-ai/gateway` from npm, fetched into the folder for temporary files when it is first needed: it is no
 * dependency of ours. Null where it cannot be had.
 */
export async function startPortkey(upstream: string): Promise<RunningTarget | null> {
  const folder = path.join(os.tmpdir(), `bench-portkey-${version}`);
  const program = path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(program) && !(await fetchPackage(folder))) return null;
  const port = await findFreePort();
  const child = spawn(process.execPath, [program, `--port=${port}`, '--headless'], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => stopProgram(child);
  try {
    await waitUntilAnswered(child, `http://127.0.0.1:${port}/`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: 'Portkey',
    url: `http://127.0.0.1:${port}/v1`,
    pid: child.pid as number,
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': upstream, authorization: 'Bearer bench' },
    model: 'bench-model',
    stop,
  };
}

async function fetchPackage(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { '@portkey-ai/gateway': version },
    overrides: { '@hono/node-server': nodeServerVersion },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 180_000,
  });
  return status === 0;
}
