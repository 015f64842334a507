/**
 * Measures our gateway, with everything on, against a bare pass-through on the same machine in the same minute.
 * Rounds are interleaved, so that what else the machine does falls on both. Only ratios mean something elsewhere.
 */
import { firstLine, startProgram, stopProgram, type Target } from './child-processes.ts';
import { driveLoad, type Round } from './drive-load.ts';
import { printTable } from './print-table.ts';
import { startProduct } from './start-product.ts';

const rounds = 3;
const roundMs = 2_500;
const warmUpMs = 1_500;

const upstream = startProgram('./upstream-server.ts', []);
const upstreamUrl = await firstLine(upstream);
const bare = startProgram('./bare-proxy.ts', [upstreamUrl]);
const reference: Target = {
  name: 'bare undici dispatch',
  url: await firstLine(bare),
  pid: bare.pid as number,
  headers: {},
  model: 'bench-model',
};
const product = await startProduct(upstreamUrl);
try {
  await measure('Not streamed: 1 KB asked, 600 bytes answered, 64 connections', { stream: false, connections: 64 });
  await measure('Streamed: 100 chunks in a burst, 32 connections', { stream: true, connections: 32 });
} finally {
  await product.stop();
  await stopProgram(bare);
  await stopProgram(upstream);
}

async function measure(title: string, load: { readonly stream: boolean; readonly connections: number }): Promise<void> {
  const results = new Map<string, Round[]>();
  for (const target of [reference, product]) await driveLoad(target, { ...load, durationMs: warmUpMs });
  for (let round = 0; round < rounds; round += 1) {
    for (const target of [reference, product]) {
      const result = await driveLoad(target, { ...load, durationMs: roundMs });
      results.set(target.name, [...(results.get(target.name) ?? []), result]);
    }
  }
  printTable(title, results);
}
