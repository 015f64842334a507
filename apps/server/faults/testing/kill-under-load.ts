import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeOpenAi, startFakeOpenAi } from '@pipelines/providers/testing';
import { type ApiClient, createApiClient } from '../../testing/index.ts';
import { callLane } from './call-lane.ts';
import { countLogged, countSeen, type Lane, type LoggedAttempt, readLog, registerLanes } from './lanes.ts';
import { createOperatorEnvironment } from './operator-environment.ts';
import { type SpawnedProduct, spawnProduct } from './spawn-product.ts';
import { stopCluster } from './stop-cluster.ts';
import { waitUntil } from './wait-until.ts';

export interface KillReport {
  readonly kills: number;
  /** Requests that the provider saw. */
  readonly seen: number;
  /** Of those, without a row. */
  readonly missing: number;
  /** Rows for no request that was seen: written down, and killed before it went out. At most one a kill. */
  readonly unseen: number;
  /** Rows of streams beyond those that were seen: a stream was seen before each kill, so that there can be none. */
  readonly twice: number;
  /** Answers that callers hold in their hands, and those of them without exactly one row. */
  readonly answered: number;
  readonly answeredNotOnce: number;
  /** Rows by what became of the call. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Streams at a time; beside them, one caller asks for whole answers all the time. */
const streamingLanes = 4;
const mostCallsInARound = 500;

/** Kills the product again and again in the middle of calls, starts it again, and compares its log with what the provider saw. */
export async function killUnderLoad(kills: number, onKill: (kill: number) => void = () => undefined): Promise<KillReport> {
  // A stream of half a second; what is not streamed comes at once.
  const answer = { chunks: Array.from({ length: 20 }, () => 'word '), chunkDelayMs: 25 };
  const provider = await startFakeOpenAi({ variant: 'vllm', answer });
  const operator = createOperatorEnvironment();
  let product: SpawnedProduct | null = null;
  const answered: string[] = [];
  const start = async (): Promise<ApiClient> => {
    product = await spawnProduct({ environment: operator.variables });
    await product.ready();
    return createApiClient(product.url, operator.apiKey);
  };
  try {
    let client = await start();
    const lanes = await registerLanes(client, provider, streamingLanes + 1);
    for (let kill = 0; kill < kills; kill += 1) {
      const load = startLoad(client, lanes, answered);
      await waitUntil('stream in every lane', () => countStreams(provider) >= (kill + 1) * streamingLanes);
      await sleep(Math.random() * 700);
      await (product as SpawnedProduct | null)?.end('SIGKILL');
      await load;
      client = await start();
      onKill(kill + 1);
    }
    const log = await readWholeLog(client, provider);
    const { code } = (await (product as SpawnedProduct | null)?.end('SIGTERM')) ?? { code: null };
    if (code !== 0) throw new Error('The product did not stop cleanly in the end.');
    return compare({ kills, lanes, provider, log, answered });
  } finally {
    await (product as SpawnedProduct | null)?.end('SIGKILL');
    stopCluster(operator.dataDir);
    await provider.close();
    operator.remove();
  }
}

/** One stream in each lane but the last; there, one call after the other until the product is dead. */
async function startLoad(client: ApiClient, lanes: readonly Lane[], answered: string[]): Promise<void> {
  const call = async (lane: Lane | undefined, stream: boolean): Promise<boolean> => {
    const { status, requestId } = await callLane(client, lane?.slug ?? '', stream);
    if (status !== 0) answered.push(requestId);
    return status === 200;
  };
  const steady = async () => {
    for (let calls = 0; calls < mostCallsInARound; calls += 1) if (!(await call(lanes[streamingLanes], false))) return;
  };
  await Promise.all([...lanes.slice(0, streamingLanes).map((lane) => call(lane, true)), steady()]);
}

function countStreams({ requests }: FakeOpenAi): number {
  return requests.filter(({ body }) => (body as { stream?: boolean } | null)?.stream === true).length;
}

async function readWholeLog(admin: ApiClient, provider: FakeOpenAi): Promise<readonly LoggedAttempt[]> {
  const seen = countSeen(provider);
  let last: readonly LoggedAttempt[] = [];
  await waitUntil(
    'row for every call',
    async () => {
      last = await readLog(admin);
      const counts = countLogged(last);
      return Object.entries(seen).every(([lane, count]) => (counts[lane] ?? 0) >= count);
    },
    60_000,
  ).catch(() => undefined);
  return last;
}

interface Compared {
  readonly kills: number;
  readonly lanes: readonly Lane[];
  readonly provider: FakeOpenAi;
  readonly log: readonly LoggedAttempt[];
  readonly answered: readonly string[];
}

function compare({ kills, lanes, provider, log, answered }: Compared): KillReport {
  const seen = countSeen(provider);
  const logged = countLogged(log);
  const surplus = (lane: Lane | undefined) => (logged[lane?.providerModelId ?? ''] ?? 0) - (seen[lane?.providerModelId ?? ''] ?? 0);
  const rowsOf = new Map<string, number>();
  for (const { request_id } of log) rowsOf.set(request_id, (rowsOf.get(request_id) ?? 0) + 1);
  const statuses: Record<string, number> = {};
  for (const { status } of log) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    kills,
    seen: Object.values(seen).reduce((sum, count) => sum + count, 0),
    missing: lanes.reduce((sum, lane) => sum + Math.max(0, -surplus(lane)), 0),
    unseen: Math.max(0, surplus(lanes[streamingLanes])),
    twice: lanes.slice(0, streamingLanes).reduce((sum, lane) => sum + Math.max(0, surplus(lane)), 0),
    answered: answered.length,
    answeredNotOnce: answered.filter((requestId) => rowsOf.get(requestId) !== 1).length,
    statuses,
  };
}
