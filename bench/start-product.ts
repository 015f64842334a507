import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startProgram, stopProgram, type Target } from './child-processes.ts';

export interface RunningProduct extends Target {
  stop(): Promise<void>;
}

/** The whole product on its embedded PostgreSQL, with one model that leads to `upstream`, prices set. */
export async function startProduct(upstream: string): Promise<RunningProduct> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'pipelines-bench-'));
  // As root, PostgreSQL runs as another user, who must pass.
  await chmod(dataDir, 0o711);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const key = `ppl_${randomBytes(20).toString('hex')}`;
  const child = startProgram('../apps/server/main.ts', [], {
    PATH: process.env.PATH,
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    BOOTSTRAP_ADMIN_EMAIL: 'bench@example.com',
    BOOTSTRAP_ADMIN_PASSWORD: randomBytes(12).toString('hex'),
    BOOTSTRAP_API_KEY: key,
  });
  const stop = async () => {
    await stopProgram(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(child, origin);
    const headers = { authorization: `Bearer ${key}` };
    return {
      name: 'Pipelines',
      url: `${origin}/v1`,
      pid: child.pid as number,
      headers,
      model: await addModel(origin, headers, upstream),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addModel(origin: string, headers: Record<string, string>, upstream: string): Promise<string> {
  const connection = {
    provider: 'openai-compatible',
    auth_kind: 'api_key',
    base_url: upstream,
    provider_model_id: 'bench-model',
    credential: { api_key: 'bench' },
  };
  const test = await post(`${origin}/api/connection-tests`, headers, connection);
  const model = await post(`${origin}/api/models`, headers, {
    ...connection,
    connection_test_id: test.id,
    display_name: 'Bench',
    capabilities: { json_mode: true, vision: true, tool_use: true, reasoning: true },
    input_cost_per_token: '0.00000015',
    output_cost_per_token: '0.0000006',
  });
  return String(model.slug);
}

async function post(url: string, headers: Record<string, string>, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function waitUntilReady(child: ChildProcess, origin: string): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The product did not start.');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
