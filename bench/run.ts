/**
 * Measures our gateway, with everything on, against a bare pass-through on the same machine in the same minute.
 * Rounds are interleaved, so that what else the machine does falls on both. Only ratios mean something elsewhere.
 */
import { firstLine, startProgram, stopProgram, type Target } from './child-processes.ts';
import { driveLoad, type Load, type Round } from './drive-load.ts';
import { printTable } from './print-table.ts';
import { startProduct } from './start-product.ts';

const rounds = 3;
const roundMs = 2_500;
const warmUpMs = 1_500;

const started: (() => Promise<void>)[] = [];
const stopAll = async () => {
  for (const stop of started.splice(0).reverse()) await stop();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll().finally(() => process.exit(1)));

try {
  const upstream = await startServer('./upstream-server.ts', []);
  const reference: Target = {
    name: 'bare undici dispatch',
    headers: {},
    model: 'bench-model',
    ...(await startServer('./bare-proxy.ts', [upstream.url])),
  };
  const product = await startProduct(upstream.url);
  started.push(product.stop);
  await measure([reference, product], 'Not streamed: 1 KB asked, 600 bytes answered, 64 connections', { stream: false, connections: 64 });
  await measure([reference, product], 'Streamed: 100 chunks in a burst, 32 connections', { stream: true, connections: 32 });
} finally {
  await stopAll();
}

async function startServer(file: string, args: readonly string[]): Promise<{ readonly url: string; readonly pid: number }> {
  const child = startProgram(file, args);
  started.push(() => stopProgram(child));
  return { url: await firstLine(child), pid: child.pid as number };
}

async function measure(targets: readonly Target[], title: string, load: Omit<Load, 'durationMs'>): Promise<void> {
  const results = new Map<string, Round[]>();
  for (const target of targets) await driveLoad(target, { ...load, durationMs: warmUpMs });
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      const result = await driveLoad(target, { ...load, durationMs: roundMs });
      results.set(target.name, [...(results.get(target.name) ?? []), result]);
    }
  }
  printTable(title, results);
}
