/**
 * `npm run bench [-- --quick] [-- SECTION…]`: measures our gateway, with everything on, against a bare pass-through, nginx
 * where it is installed, and Portkey's gateway, on the same machine in the same minutes. Loopback only; it stops by itself.
 * Only ratios mean something elsewhere.
 */
import { firstLine, pinToCore, startProgram, stopProgram } from './child-processes.ts';
import { describeMachine } from './describe-machine.ts';
import { type Effort, measureAddedLatency, measureHeldStreams, measureLoad } from './measurements.ts';
import { printTable } from './print-table.ts';
import type { Target } from './target.ts';
import { startNginx } from './targets/start-nginx.ts';
import { startPortkey } from './targets/start-portkey.ts';
import { startProduct } from './targets/start-product.ts';

const sections = ['start', 'plain', 'burst', 'paced', 'latency', 'held', 'size'] as const;
const args = process.argv.slice(2);
const quick = args.includes('--quick');
const wanted = sections.filter((section) => args.includes(section));
const runs = (section: (typeof sections)[number]) => wanted.length === 0 || wanted.includes(section);
const effort: Effort = quick
  ? { rounds: 3, roundMs: 700, warmUpRequests: 4_000, heldStreams: 500, heldSeconds: 6 }
  : { rounds: 9, roundMs: 1_000, warmUpRequests: 12_000, heldStreams: 2_000, heldSeconds: 15 };
const manyRows = 10_000;
const paced = 'tokens=97 every=20';

const started: (() => Promise<void>)[] = [];
const stopAll = async () => {
  for (const stop of started.splice(0).reverse()) await stop();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll().finally(() => process.exit(1)));

try {
  console.log(describeMachine());
  await measureAll();
} finally {
  await stopAll();
}

async function measureAll(): Promise<void> {
  const upstream: Target = {
    name: 'no hop',
    headers: {},
    model: 'bench-model',
    ...(await startServer('./targets/upstream-server.ts', [])),
  };
  pinToCore(upstream.pid, 'of the load');
  pinToCore(process.pid, 'of the load');
  const bare: Target = {
    name: 'bare undici dispatch',
    headers: {},
    model: 'bench-model',
    ...(await startServer('./targets/bare-proxy.ts', [upstream.url])),
  };
  const product = await startProduct(upstream.url, { name: 'Pipelines' });
  started.push(product.stop);
  const nginx = await startNginx(upstream.url);
  if (nginx) started.push(nginx.stop);
  const portkey = args.includes('--no-portkey') ? null : await startPortkey(upstream.url);
  if (portkey) started.push(portkey.stop);
  const others = [nginx, portkey].filter((target) => target !== null);
  for (const { pid } of [bare, product, ...others]) pinToCore(pid, 'of the servers');

  if (runs('start'))
    printTable('Start on an existing embedded database', [
      { '': product.name, 'ready after ms': Math.round(product.startMs), 'idle memory MB': Math.round(product.idleMemoryMb) },
    ]);
  const request = { name: 'request', ofRequest: 1 };
  const chunk = { name: 'chunk', ofRequest: 100 };
  const all = [bare, product, ...others];
  if (runs('plain'))
    await measureLoad(
      {
        title: 'Not streamed: 1 KB asked, 600 bytes answered, 64 connections',
        targets: all,
        load: { stream: false, connections: 64 },
        unit: request,
      },
      effort,
    );
  if (runs('burst'))
    await measureLoad(
      { title: 'Streamed: 100 chunks in a burst, 32 connections', targets: all, load: { stream: true, connections: 32 }, unit: chunk },
      effort,
    );
  if (runs('paced'))
    await measureLoad(
      {
        title: 'Streamed: 100 chunks, 20 ms between them, 100 connections',
        targets: all,
        load: { stream: true, connections: 100, words: paced },
        unit: chunk,
      },
      { ...effort, rounds: Math.ceil(effort.rounds / 2), warmUpRequests: 10 },
    );
  if (runs('latency')) await measureAddedLatency([upstream, bare, product, ...(nginx ? [nginx] : [])], effort);
  if (runs('held')) await measureHeldStreams([upstream, bare, product, ...(nginx ? [nginx] : [])], effort);
  if (runs('size')) await measureSize(upstream, product);
}

/** Whether a call costs more where there are many models and keys. */
async function measureSize(upstream: Target, small: Target): Promise<void> {
  const large = await startProduct(upstream.url, { name: `with ${manyRows.toLocaleString('en-US')} models and keys`, extraRows: manyRows });
  started.push(large.stop);
  pinToCore(large.pid, 'of the servers');
  await measureLoad(
    {
      title: 'One model and key, or many: not streamed, 64 connections',
      targets: [small, large],
      load: { stream: false, connections: 64 },
      unit: { name: 'request', ofRequest: 1 },
    },
    effort,
  );
}

async function startServer(file: string, args: readonly string[]): Promise<{ readonly url: string; readonly pid: number }> {
  const child = startProgram(file, args);
  started.push(() => stopProgram(child));
  return { url: await firstLine(child), pid: child.pid as number };
}
