import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../testing/index.ts';
import { countLogged, countSeen, type Lane, readLog, registerLanes } from './testing/lanes.ts';
import { createOperatorEnvironment, type OperatorEnvironment } from './testing/operator-environment.ts';
import { type SpawnedProduct, spawnProduct } from './testing/spawn-product.ts';
import { stopCluster } from './testing/stop-cluster.ts';
import { waitUntil } from './testing/wait-until.ts';

const rounds = 10;
const streamingLanes = 4;
const messages = [{ role: 'user', content: 'Tell me a story.' }];

let provider: FakeOpenAi;
let operator: OperatorEnvironment;
let product: SpawnedProduct | null = null;
let lanes: Lane[];
/** What callers hold in their hands: these answers have come, so they must be in the log. */
const answered: string[] = [];

async function start(): Promise<ApiClient> {
  product = await spawnProduct({ environment: operator.variables });
  await product.ready();
  return createApiClient(product.url, operator.apiKey);
}

beforeAll(async () => {
  // A stream of half a second; what is not streamed comes at once.
  provider = await startFakeOpenAi({ variant: 'vllm', answer: { chunks: Array.from({ length: 20 }, () => 'word '), chunkDelayMs: 25 } });
  operator = createOperatorEnvironment();
  lanes = await registerLanes(await start(), provider, streamingLanes + 1);
}, 120_000);

afterAll(async () => {
  await product?.end('SIGKILL');
  if (operator) stopCluster(operator.dataDir);
  await provider?.close();
  operator?.remove();
});

/** One stream in each lane but the last; there, one call after the other until the product is dead. Killed at any moment. */
async function killUnderLoad(client: ApiClient, round: number): Promise<void> {
  const target = round * streamingLanes;
  const streams = lanes.slice(0, streamingLanes).map(({ slug }) => call(client, slug, true));
  const steady = callUntilDead(client, lanes[streamingLanes]?.slug ?? '');
  await waitUntil('stream in every lane', () => seenStreams() >= target + streamingLanes);
  await sleep(Math.random() * 700);
  await product?.end('SIGKILL');
  await Promise.all([...streams, steady]);
}

const seenStreams = () => provider.requests.filter(({ body }) => (body as { stream?: boolean } | null)?.stream === true).length;

async function call(client: ApiClient, model: string, stream: boolean): Promise<boolean> {
  try {
    const answer = await client.call('POST', '/v1/chat/completions', { body: { model, messages, stream } });
    answered.push(answer.headers.get('x-request-id') ?? '');
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function callUntilDead(client: ApiClient, model: string): Promise<void> {
  for (let calls = 0; calls < 500; calls += 1) if (!(await call(client, model, false))) return;
}

it(`logs every call exactly once, killed ${rounds} times`, { timeout: 300_000 }, async () => {
  let client = createApiClient(product?.url ?? '', operator.apiKey);
  for (let round = 0; round < rounds; round += 1) {
    await killUnderLoad(client, round);
    client = await start();
  }
  const admin = client;
  const seen = countSeen(provider);
  const log = await waitUntil('row for every call', async () => {
    const rows = await readLog(admin);
    const counts = countLogged(rows);
    return Object.entries(seen).every(([lane, count]) => (counts[lane] ?? 0) >= count) && rows;
  });

  const logged = countLogged(log);
  const steady = lanes[streamingLanes]?.providerModelId ?? '';
  const { [steady]: steadyLogged = 0, ...streamsLogged } = logged;
  const { [steady]: steadySeen = 0, ...streamsSeen } = seen;
  expect(streamsLogged).toEqual(streamsSeen);
  // Between the note in the journal and the bytes on the wire lies a moment, once a kill.
  expect(steadyLogged - steadySeen).toBeGreaterThanOrEqual(0);
  expect(steadyLogged - steadySeen).toBeLessThanOrEqual(rounds);

  expect(answered.length).toBeGreaterThan(rounds);
  const rowsOf = (requestId: string) => log.filter((row) => row.request_id === requestId).length;
  expect(answered.filter((requestId) => rowsOf(requestId) !== 1)).toEqual([]);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const statuses = new Set(log.map(({ status }) => status));
  expect(statuses).toContain('unknown');
  expect(statuses).toContain('succeeded');
  expect((await product?.end('SIGTERM'))?.code).toBe(0);
});
