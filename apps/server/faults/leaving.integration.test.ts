import { request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@pipelines/database/testing';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../testing/index.ts';
import { type Lane, readLog, registerLanes } from './testing/lanes.ts';
import { createOperatorEnvironment, type OperatorEnvironment } from './testing/operator-environment.ts';
import { type SpawnedProduct, spawnProduct } from './testing/spawn-product.ts';
import { waitUntil } from './testing/wait-until.ts';

let database: TestDatabase;
let provider: FakeOpenAi;
let operator: OperatorEnvironment;
let product: SpawnedProduct;
let client: ApiClient;
let lane: Lane;
let left = 0;
/** A busy machine may stop for as long once; what takes longer by itself does so each time. */
const timed = { retry: 2 };

beforeAll(async () => {
  [database, provider] = await Promise.all([createTestDatabase(), startFakeOpenAi({ variant: 'vllm' })]);
  operator = createOperatorEnvironment({ DATABASE_URL: database.url });
  product = await spawnProduct({ environment: operator.variables });
  await product.ready();
  client = createApiClient(product.url, operator.apiKey);
  [lane = { slug: '', providerModelId: '' }] = await registerLanes(client, provider, 1);
}, 120_000);

afterAll(async () => {
  await product?.end('SIGKILL');
  await provider?.close();
  await database?.close();
  operator?.remove();
});

const bodyOf = (stream: boolean) => JSON.stringify({ model: lane.slug, messages: [{ role: 'user', content: 'Hi' }], stream });

/** Calls, and hangs up when `leave` says so. @returns the moment, on the clock of `performance.now()` */
async function callAndLeave(stream: boolean, leave: (firstWord: Promise<void>) => Promise<unknown>): Promise<number> {
  const call = send(`${product.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operator.apiKey}`, 'content-type': 'application/json' },
  });
  call.on('error', () => undefined);
  const firstWord = new Promise<void>((resolve) => call.once('response', (answer) => answer.once('data', () => resolve())));
  const before = provider.requests.length;
  call.end(bodyOf(stream));
  await waitUntil('request at the provider', () => provider.requests.length > before);
  await leave(firstWord);
  call.destroy();
  left += 1;
  return performance.now();
}

describe('a caller who goes away', () => {
  /** The row of the connection test that registered the lane may come late: it has no slug. */
  const readCalls = async () => (await readLog(client)).filter((row) => row.slug === lane.slug);
  const slowly = { chunks: Array.from({ length: 200 }, () => 'word '), chunkDelayMs: 50 };
  const cases = [
    ['before the headers of a stream', true, { hang: 'headers' }, () => sleep(100)],
    ['before an answer that is not streamed', false, { hang: 'headers' }, () => sleep(100)],
    ['in the middle of a stream', true, slowly, (firstWord: Promise<void>) => firstWord],
    [
      'in a stream that has fallen silent',
      true,
      { chunks: ['word '], hang: 'stream', finishReason: null, usage: null, omitDone: true },
      (firstWord: Promise<void>) => firstWord,
    ],
  ] as const;

  it.each(cases)('%s takes the provider along within a second, and the log says so', timed, async (_, stream, script, leave) => {
    const before = (await readCalls()).length;
    provider.answerOnce(script);
    const leftAtMs = await callAndLeave(stream, leave);
    const { atMs } = await provider.waitForAbort(10_000);
    expect(atMs - leftAtMs).toBeLessThan(1_000);
    const log = await waitUntil('row of the call', async () => {
      const rows = await readCalls();
      return rows.length > before && rows;
    });
    expect(log).toHaveLength(before + 1);
    expect(log[0]).toMatchObject({ status: 'canceled', cause: 'canceled', slug: lane.slug });
  });
});

describe('a server that is told to stop', () => {
  it('lets streams that run come to their end, takes no new ones, and exits 0', async () => {
    const words = Array.from({ length: 30 }, (_, index) => `word${index} `);
    provider.answerOnce(...Array.from({ length: 5 }, () => ({ chunks: words, chunkDelayMs: 50 })));
    const before = provider.requests.length;
    const running = Array.from({ length: 5 }, () => client.call('POST', '/v1/chat/completions', { text: bodyOf(true) }));
    await waitUntil('stream at the provider', () => provider.requests.length >= before + 5);
    const end = product.end('SIGTERM');
    await waitUntil('word that it stops', () => product.output.includes('server_stopping'));
    await expect(client.call('GET', '/healthz', { headers: { connection: 'close' } })).rejects.toThrow();
    for (const answer of await Promise.all(running)) {
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('word29');
      expect(answer.text).toMatch(/data: \[DONE\]\s*$/);
    }
    expect(await end).toEqual({ code: 0, signal: null });
    const { rows } = await database.database.pool.query<{ status: string; count: string }>(
      `select status, count(*) from attempts where source = 'gateway' group by status order by status`,
    );
    expect(rows).toEqual([
      { status: 'canceled', count: String(left) },
      { status: 'succeeded', count: '5' },
    ]);
  });
});
