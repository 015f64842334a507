import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findFreePort, startProgram, stopProgram, waitUntilAnswered } from '../child-processes.ts';
import { readMemoryMb } from '../process-figures.ts';
import type { RunningTarget } from '../target.ts';
import { growRegistry } from './grow-registry.ts';

export interface ProductOptions {
  readonly name: string;
  /** Models and API keys to add beside the one that is called. */
  readonly extraRows?: number;
  /** Writes into its database before it is started again. */
  readonly fill?: (dataDir: string) => Promise<void>;
  /** Another PostgreSQL than the embedded one. */
  readonly databaseUrl?: string | null;
  /** A folder that stays: the run that finds it filled starts the product on what is there, of whatever upstream. */
  readonly keptDir?: string | null;
}

export interface RunningProduct extends RunningTarget {
  /** From `npm start`, with the build in place and the database there, until it is ready. */
  readonly startMs: number;
  /** Five seconds after that. */
  readonly idleMemoryMb: number;
}

const idleForMs = 5_000;

/** Lies in a kept folder once it is filled: how to go on with it. */
interface Filled {
  readonly key: string;
  readonly model: string;
}

const filledFile = 'bench.json';

async function readFilled(dataDir: string): Promise<Filled | null> {
  const text = await readFile(path.join(dataDir, filledFile), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Filled);
}

/**
 * The whole product as `npm start` runs it, on its embedded PostgreSQL, with one model that leads to `upstream`,
 * prices set. Started twice: the second start finds its database.
 */
export async function startProduct(
  upstream: string,
  { name, extraRows = 0, fill, databaseUrl = null, keptDir = null }: ProductOptions,
): Promise<RunningProduct> {
  const dataDir = keptDir === null ? await mkdtemp(path.join(os.tmpdir(), 'bench-product-')) : path.resolve(keptDir);
  await mkdir(dataDir, { recursive: true });
  // As root, PostgreSQL runs as another user, who must pass.
  await chmod(dataDir, 0o711);
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const filled = await readFilled(dataDir);
  const key = filled?.key ?? `ppl_${randomBytes(20).toString('hex')}`;
  const headers = { authorization: `Bearer ${key}` };
  const start = () =>
    startProgram('../scripts/start.mjs', [], {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      BOOTSTRAP_ADMIN_EMAIL: 'bench@example.com',
      BOOTSTRAP_ADMIN_PASSWORD: randomBytes(12).toString('hex'),
      BOOTSTRAP_API_KEY: key,
      ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    });
  let child = start();
  const stop = async () => {
    await stopProgram(child);
    if (keptDir === null) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await waitUntilAnswered(child, `${origin}/readyz`);
    const model = filled?.model ?? (await addModel(origin, headers, upstream));
    if (filled === null) {
      if (extraRows > 0) await growRegistry(dataDir, extraRows);
      await fill?.(dataDir);
      if (keptDir !== null) await writeFile(path.join(dataDir, filledFile), JSON.stringify({ key, model } satisfies Filled));
    }
    await stopProgram(child);
    const { startMs, ...started } = await measureStart(start, origin);
    child = started.child;
    await new Promise((resolve) => setTimeout(resolve, idleForMs));
    const pid = child.pid as number;
    return { name, url: `${origin}/v1`, pid, headers, model, stop, startMs, idleMemoryMb: readMemoryMb(pid) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function measureStart(start: () => ChildProcess, origin: string): Promise<{ child: ChildProcess; startMs: number }> {
  const startedMs = performance.now();
  const child = start();
  await waitUntilAnswered(child, `${origin}/readyz`);
  return { child, startMs: performance.now() - startedMs };
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
