import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pipelines/database';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { type ApiClient, createApiClient } from '../../testing/index.ts';
import { callLane, type LaneAnswer } from './call-lane.ts';
import { countLogged, countSeen, type Lane, readLog, registerLanes } from './lanes.ts';
import { createOperatorEnvironment } from './operator-environment.ts';
import { type SpawnedProduct, spawnProduct } from './spawn-product.ts';
import { waitUntil } from './wait-until.ts';

export interface AwayReport {
  readonly awaySeconds: number;
  /** Calls with a known key to known models while PostgreSQL was stopped, and those that were not answered with 200. */
  readonly calls: number;
  readonly refused: number;
  readonly p95Ms: number;
  /** What an unknown key and an unknown model were told meanwhile. */
  readonly unknownKey: number;
  readonly unknownModel: number;
  /** Requests that the provider saw, before and after too; rows that are missing, and rows that are too many. */
  readonly seen: number;
  readonly lost: number;
  readonly twice: number;
  /** From the return of PostgreSQL until every row was in the log. */
  readonly shippedAfterMs: number;
}

const silent = () => undefined;
const callers = 4;

/** Stops PostgreSQL, an external one, for so long under load, starts it again, and compares the log with what the provider saw. */
export async function leaveDatabase(awaySeconds: number): Promise<AwayReport> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pipelines-away-'));
  // As root, PostgreSQL runs as another user, who must get through.
  chmodSync(dataDir, 0o711);
  let postgres: EmbeddedPostgres | null = await startEmbeddedPostgres({ dataDir, log: silent });
  const provider = await startFakeOpenAi({ variant: 'vllm' });
  const operator = createOperatorEnvironment({ DATABASE_URL: postgres.url });
  let product: SpawnedProduct | null = null;
  try {
    product = await spawnProduct({ environment: operator.variables });
    await product.ready();
    const client = createApiClient(product.url, operator.apiKey);
    const lanes = await registerLanes(client, provider, callers);
    // A credential, a model and a key are known once they have been used.
    for (const [index, lane] of lanes.entries()) await callLane(client, lane.slug, index % 2 === 1);

    await postgres.stop();
    postgres = null;
    const stopped = await callFor(client, lanes, awaySeconds * 1_000);
    const stranger = createApiClient(product.url, `ppl_${'0'.repeat(40)}`);
    const unknownKey = (await stranger.call('GET', '/v1/models')).status;
    const unknownModel = (await callLane(client, 'nobody-knows-it', false)).status;
    postgres = await startEmbeddedPostgres({ dataDir, log: silent });
    const returnedMs = performance.now();
    const logged = await waitForLog(client, provider);
    const shippedAfterMs = Math.round(performance.now() - returnedMs);
    await product.end('SIGTERM');

    const seen = countSeen(provider);
    const surplus = lanes.map(({ providerModelId }) => (logged[providerModelId] ?? 0) - (seen[providerModelId] ?? 0));
    const latencies = stopped.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
    return {
      awaySeconds,
      calls: stopped.length,
      refused: stopped.filter(({ status }) => status !== 200).length,
      p95Ms: Math.round(latencies[Math.floor(latencies.length * 0.95)] ?? 0),
      unknownKey,
      unknownModel,
      seen: Object.values(seen).reduce((sum, count) => sum + count, 0),
      lost: surplus.reduce((sum, rows) => sum + Math.max(0, -rows), 0),
      twice: surplus.reduce((sum, rows) => sum + Math.max(0, rows), 0),
      shippedAfterMs,
    };
  } finally {
    await product?.end('SIGKILL');
    await postgres?.stop();
    await provider.close();
    operator.remove();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Each lane calls, waits a little and calls again, streamed in every other lane. */
async function callFor(client: ApiClient, lanes: readonly Lane[], durationMs: number): Promise<readonly LaneAnswer[]> {
  const answers: LaneAnswer[] = [];
  const untilMs = performance.now() + durationMs;
  await Promise.all(
    lanes.map(async ({ slug }, index) => {
      while (performance.now() < untilMs) {
        answers.push(await callLane(client, slug, index % 2 === 1));
        await sleep(20);
      }
    }),
  );
  return answers;
}

async function waitForLog(client: ApiClient, provider: FakeOpenAi): Promise<Readonly<Record<string, number>>> {
  const seen = countSeen(provider);
  await waitUntil('readiness', async () => (await client.call('GET', '/readyz')).status === 200, 60_000);
  return waitUntil(
    'row for every call',
    async () => {
      const counts = countLogged(await readLog(client));
      return Object.entries(seen).every(([lane, count]) => (counts[lane] ?? 0) >= count) && counts;
    },
    120_000,
  );
}
