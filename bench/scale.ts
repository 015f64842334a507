/**
 * `npm run scale -w bench`: the list of models with 10,000 of them and the log with a million calls, through the API of the
 * built product on its embedded PostgreSQL. Each filter of each list is asked for its first page, one after the other, and
 * some for a page in the middle. The aim is 100 ms. `--attempts 100000` makes a smaller log; `--keep FOLDER` fills a folder
 * that stays, or starts on one that an earlier run has filled; `--only usage` asks only addresses with that word.
 */
import { parseArgs } from 'node:util';
import { firstLine, startProgram, stopProgram } from './child-processes.ts';
import { describeMachine } from './describe-machine.ts';
import { printTable } from './print-table.ts';
import type { Target } from './target.ts';
import { fillLog } from './targets/fill-log.ts';
import { startProduct } from './targets/start-product.ts';

const { values: options } = parseArgs({
  options: { attempts: { type: 'string', default: '1000000' }, keep: { type: 'string' }, only: { type: 'string', default: '' } },
});
const size = { models: 10_000, apiKeys: 200, attempts: Number(options.attempts) };
if (!Number.isInteger(size.attempts) || size.attempts < 1_000) {
  throw new Error('Usage: npm run scale -w bench -- [--attempts 1000000] [--keep FOLDER] [--only WORD]');
}
const warmUps = 3;
const rounds = 20;
const aimMs = 100;

const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString();
const midnight = (days: number) => `${ago(days).slice(0, 10)}T00:00:00.000Z`;
const key = '{key}';

const models = [
  '',
  'kind=custom',
  'kind=platform',
  'capability=vision',
  'status=ready',
  'status=failing',
  'status=untested',
  'status=deactivated',
  'provider=fireworks',
  'search=llama-99',
  'search=zzzz',
  'health=healthy',
  'health=failing',
  'health=no_recent_calls',
  'kind=custom&capability=tool_use&status=failing&provider=together&health=no_recent_calls&search=a',
  'limit=200&cursor={middle}',
];
const attempts = [
  '',
  'slug=model-1',
  'slug=model-9999',
  'slug=nobody',
  'status=succeeded',
  'status=failed',
  'status=unknown',
  'source=gateway',
  'source=probe',
  'source=step_try',
  'provider=anthropic',
  'provider=bedrock',
  `api_key_id=${key}`,
  'cost=unknown',
  `from=${ago(7)}`,
  `to=${ago(29)}`,
  `from=${ago(20)}&to=${ago(19)}`,
  'slug=model-1&status=failed',
  'slug=model-1&status=incomplete',
  'slug=model-1&source=probe',
  'slug=model-2&provider=bedrock',
  'slug=model-1&provider=anthropic',
  `api_key_id=${key}&source=workflow`,
  `slug=model-1&api_key_id=${key}&cost=unknown`,
  `status=canceled&source=playground&provider=google&from=${ago(2)}`,
  'limit=200&cursor={middle}',
];
const usage = [
  `group_by=day&from=${midnight(29)}`,
  `group_by=day&from=${ago(30)}`,
  `group_by=model&from=${midnight(29)}`,
  'group_by=model',
  `group_by=api_key&from=${midnight(29)}`,
  `group_by=day&slug=model-1&from=${midnight(29)}`,
  `group_by=api_key&slug=model-1&from=${midnight(29)}`,
];

const upstream = startProgram('./targets/upstream-server.ts', []);
let product: (Target & { stop(): Promise<void> }) | null = null;
const stopAll = async () => {
  await product?.stop();
  await stopProgram(upstream);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll().finally(() => process.exit(1)));

try {
  console.log(describeMachine());
  console.log(
    `${size.models.toLocaleString('en')} models, ${size.apiKeys} API keys, ${size.attempts.toLocaleString('en')} attempts; ${rounds} rounds.`,
  );
  const startedMs = performance.now();
  product = await startProduct(await firstLine(upstream), {
    name: 'scale',
    fill: (dataDir) => fillLog(dataDir, size),
    keptDir: options.keep ?? null,
  });
  console.log(`Filled in ${Math.round((performance.now() - startedMs) / 1_000)} s.`);
  const origin = product.url.replace(/\/v1$/, '');
  await measure(origin, '/api/models', models);
  await measure(origin, '/api/attempts', attempts);
  await measure(origin, '/api/usage', usage);
  await measure(origin, '/api', ['models/model-1', 'models/model-1/health', 'credentials', 'replicas'], '/');
} finally {
  await stopAll();
}

async function measure(origin: string, path: string, queries: readonly string[], joint = '?'): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  const middle = queries.some((query) => query.includes('{middle}')) ? await findMiddle(origin, path) : '';
  const apiKey = queries.some((query) => query.includes(key)) ? await findApiKey(origin) : '';
  for (const query of queries.filter((text) => `${path}${joint}${text}`.includes(options.only))) {
    const address = `${origin}${path}${query === '' ? '' : `${joint}${query.replace('{middle}', middle).replace(key, apiKey)}`}`;
    const timesMs: number[] = [];
    let count = 0;
    for (let round = -warmUps; round < rounds; round += 1) {
      const beganMs = performance.now();
      const { data } = await ask<{ data?: readonly unknown[] }>(address);
      if (round >= 0) timesMs.push(performance.now() - beganMs);
      count = data?.length ?? 1;
    }
    const sorted = timesMs.toSorted((a, b) => a - b);
    const p95Ms = sorted[Math.ceil(0.95 * rounds) - 1] ?? Number.NaN;
    rows.push({
      [`GET ${path}`]: shorten(query),
      rows: count,
      'P50 ms': sorted[Math.ceil(rounds / 2) - 1] ?? Number.NaN,
      'P95 ms': p95Ms,
      [`≤ ${aimMs} ms`]: p95Ms <= aimMs ? 'yes' : 'no',
    });
  }
  if (rows.length > 0) printTable(`GET ${path}`, rows);
}

/** The cursor after twenty full pages. */
async function findMiddle(origin: string, path: string): Promise<string> {
  let cursor = '';
  for (let page = 0; page < 20; page += 1) {
    const answer = await ask<{ next_cursor: string | null }>(`${origin}${path}?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    cursor = answer.next_cursor ?? cursor;
  }
  return cursor;
}

/** The key that calls the most. */
async function findApiKey(origin: string): Promise<string> {
  const { data } = await ask<{ data: readonly { key: string }[] }>(`${origin}/api/usage?group_by=api_key`);
  return data.find((row) => row.key !== '')?.key ?? '';
}

async function ask<Answer>(address: string): Promise<Answer> {
  const answer = await fetch(address, { headers: product?.headers ?? {} });
  if (!answer.ok) throw new Error(`GET ${address} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

function shorten(query: string): string {
  if (query === '') return 'first page';
  return query
    .replace(key, '…')
    .replace('{middle}', '…')
    .replaceAll(/(\d{4}-\d\d-\d\dT\d\d:\d\d)[:.\d]*Z/g, '$1')
    .replaceAll('&', ' ');
}
