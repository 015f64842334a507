/**
 * `npm run batch -w bench`: a batch of 5,000 tasks of one LLM step, 64 at a time, against a provider that answers after
 * 500 ms and after 50 ms, on the embedded PostgreSQL and on an external one. The ideal is tasks ÷ 64 × latency, which no
 * program beats. `-- external 50` measures only what is named, `-- 50 50 50` the same thing three times.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { firstLine, startProgram, stopProgram } from './child-processes.ts';
import { describeMachine } from './describe-machine.ts';
import { printTable } from './print-table.ts';
import { readCpuMs, readMemoryMb } from './process-figures.ts';
import { createBenchWorkflow, runBatch } from './run-batch.ts';
import type { Target } from './target.ts';
import { startProduct } from './targets/start-product.ts';

const tasks = 5_000;
const atOnce = 64;
const args = process.argv.slice(2);
const named = args.map(Number).filter((latencyMs) => latencyMs > 0);
const latenciesMs = named.length > 0 ? named : [500, 50];
const databases = (['embedded', 'external'] as const).filter((name) => args.includes(name));

const started: (() => Promise<void>)[] = [];
const stopAll = async () => {
  for (const stop of started.splice(0).reverse()) await stop();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll().finally(() => process.exit(1)));

try {
  console.log(describeMachine());
  const rows: Record<string, string | number>[] = [];
  for (const database of databases.length > 0 ? databases : (['embedded', 'external'] as const)) {
    const upstream = await startServer('./targets/upstream-server.ts', []);
    const databaseUrl = database === 'external' ? await startPostgres() : null;
    const product = await startProduct(upstream, { name: database, databaseUrl });
    started.push(product.stop);
    const workflowId = await createBenchWorkflow(product);
    // Lets the code be compiled and the connections be made, as in any server that has run for a minute.
    await runBatch(product, workflowId, 500, 10);
    for (const latencyMs of latenciesMs) rows.push(await measure(product, workflowId, latencyMs));
    await stopAll();
  }
  printTable(`${tasks.toLocaleString('en')} tasks of one LLM step, ${atOnce} at a time`, rows);
} finally {
  await stopAll();
}

async function measure(product: Target, workflowId: string, latencyMs: number): Promise<Record<string, string | number>> {
  const { pid } = product;
  const memoryMb = readMemoryMb(pid);
  const cpuBeforeMs = readCpuMs(pid);
  const { seconds, failed } = await runBatch(product, workflowId, tasks, latencyMs);
  const cpuMs = readCpuMs(pid) - cpuBeforeMs;
  return {
    '': `${product.name}, ${latencyMs} ms`,
    seconds,
    'of the ideal': seconds / (((tasks / atOnce) * latencyMs) / 1_000),
    'CPU ms/task': cpuMs / tasks,
    'memory before MB': Math.round(memoryMb),
    'memory after MB': Math.round(readMemoryMb(pid)),
    failed,
  };
}

async function startServer(file: string, args: readonly string[]): Promise<string> {
  const child = startProgram(file, args);
  started.push(() => stopProgram(child));
  return firstLine(child);
}

/** A PostgreSQL that the product knows only by its URL: a second cluster, held by another process. */
async function startPostgres(): Promise<string> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'bench-postgres-'));
  // As root, PostgreSQL runs as another user, who must pass.
  await chmod(dataDir, 0o711);
  started.push(() => rm(dataDir, { recursive: true, force: true }));
  return (JSON.parse(await startServer('../packages/database/testing/run-embedded-postgres.ts', [dataDir])) as { url: string }).url;
}
