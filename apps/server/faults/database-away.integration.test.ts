import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, type ApiResponse, createApiClient } from '../testing/index.ts';
import { countLogged, countSeen, type Lane, readLog, registerLanes } from './testing/lanes.ts';
import { createOperatorEnvironment, type OperatorEnvironment } from './testing/operator-environment.ts';
import { type SpawnedProduct, spawnProduct } from './testing/spawn-product.ts';
import { readPostmasterPid, signalCluster, stopCluster } from './testing/stop-cluster.ts';
import { waitUntil } from './testing/wait-until.ts';

let provider: FakeOpenAi;
let operator: OperatorEnvironment;
let product: SpawnedProduct;
let client: ApiClient;
let lanes: Lane[];

beforeAll(async () => {
  provider = await startFakeOpenAi({ variant: 'vllm' });
  operator = createOperatorEnvironment();
  product = await spawnProduct({ environment: operator.variables });
  await product.ready();
  client = createApiClient(product.url, operator.apiKey);
  lanes = await registerLanes(client, provider, 2);
  // A credential, a model and a key are known once they have been used.
  for (const stream of [false, true]) expect((await call(stream)).status).toBe(200);
}, 120_000);

afterAll(async () => {
  await product?.end('SIGKILL');
  if (operator) stopCluster(operator.dataDir);
  await provider?.close();
  operator?.remove();
});

const messages = [{ role: 'user', content: 'Hi' }];
const call = (stream: boolean): Promise<ApiResponse> =>
  client.call('POST', '/v1/chat/completions', { body: { model: lanes[stream ? 1 : 0]?.slug, messages, stream } });

/** Calls all the time until `work` is done. @returns what was answered */
async function underLoad(work: () => Promise<void>): Promise<number[]> {
  const statuses: number[] = [];
  let done = false;
  const load = (async () => {
    while (!done && statuses.length < 2_000) {
      for (const stream of [false, true]) statuses.push((await call(stream)).status);
      await sleep(20);
    }
  })();
  try {
    await work();
  } finally {
    done = true;
    await load;
  }
  return statuses;
}

async function expectWholeLog(): Promise<void> {
  const seen = countSeen(provider);
  const logged = await waitUntil(
    'row for every call',
    async () => {
      const counts = countLogged(await readLog(client));
      return Object.entries(seen).every(([lane, count]) => (counts[lane] ?? 0) >= count) && counts;
    },
    30_000,
  );
  expect(logged).toEqual(seen);
}

const isReady = async (wanted: number) => (await client.call('GET', '/readyz')).status === wanted;

describe.skipIf(process.platform !== 'linux')('while PostgreSQL is away', () => {
  it('frozen: known keys and models go on, unknown keys are told to wait, no row is lost', { timeout: 240_000 }, async () => {
    const statuses = await underLoad(async () => {
      signalCluster(operator.dataDir, 'SIGSTOP');
      try {
        await waitUntil('notice that it is away', () => isReady(503));
        expect((await client.call('GET', '/healthz')).status).toBe(200);
        const stranger = createApiClient(product.url, `ppl_${'0'.repeat(40)}`);
        const told = await waitUntil('answer that asks to wait', async () => {
          const answer = await stranger.call('GET', '/v1/models');
          return answer.status === 503 && answer;
        });
        expect(told.headers.get('retry-after')).toBe('5');
        // Whether another process has made it meanwhile cannot be told.
        await waitUntil('answer of an unknown model that asks to wait', async () => {
          const unknown = await client.call('POST', '/v1/chat/completions', { body: { model: 'nobody-knows-it', messages } });
          return unknown.status === 503;
        });
        const page = await client.call('GET', '/api/attempts');
        expect([page.status, page.code]).toEqual([503, 'unavailable']);
      } finally {
        signalCluster(operator.dataDir, 'SIGCONT');
      }
    });
    expect(statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([200]));
    await waitUntil('readiness', () => isReady(200));
    await expectWholeLog();
  });

  it('killed: it is started again, and the calls meanwhile are in the log', { timeout: 240_000 }, async () => {
    const before = readPostmasterPid(operator.dataDir);
    const statuses = await underLoad(async () => {
      signalCluster(operator.dataDir, 'SIGKILL');
      await waitUntil('another PostgreSQL', () => ![null, before].includes(readPostmasterPid(operator.dataDir)));
      await waitUntil('readiness', () => isReady(200));
    });
    expect(new Set(statuses)).toEqual(new Set([200]));
    await expectWholeLog();
    expect((await product.end('SIGTERM')).code).toBe(0);
    expect(readPostmasterPid(operator.dataDir)).toBeNull();
  });
});
