import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type SpawnedWorker, spawnWorker } from './spawn-worker.ts';
import type { EngineStand } from './start-engine-stand.ts';

export type Blow = 'one worker' | 'all workers' | 'PostgreSQL';

export interface SoakRound {
  readonly stand: EngineStand;
  /** The workers that are alive; those that are killed are replaced in it. */
  readonly workers: SpawnedWorker[];
  readonly workflowId: string;
  readonly blow: Blow;
  /** The process of the database that runs now. */
  readonly pidOf: () => number;
}

export interface SoakResult {
  readonly tasks: number;
  readonly unfinished: number;
  /** Calls of steps that had finished when the blow fell. */
  readonly finishedAgain: number;
  readonly inFlightAgain: number;
  /** Steps that were called more than once beside their first time. */
  readonly tooOften: number;
}

const tasks = 60;
const roundMs = 120_000;

/** One batch, one blow in the middle of it, and what became of every call. */
export async function soakRound({ stand, workers, workflowId, blow, pidOf }: SoakRound): Promise<SoakResult> {
  const before = stand.upstream.requests.length;
  const inputs = Array.from({ length: tasks }, (_, index) => ({ text: `row ${index}` }));
  const { id } = await stand.createBatch(workflowId, inputs);
  await until(() => stand.upstream.requests.length >= before + 15 + Math.floor(Math.random() * 30));
  const finished = blow === 'PostgreSQL' ? await beatDatabase(stand, id, pidOf) : await beatWorkers(stand, id, workers, blow);
  const { counts } = await stand.waitForBatch(id, roundMs);
  const calls = callsByKey(stand, before);
  return {
    tasks,
    unfinished: tasks - counts.finished,
    finishedAgain: [...finished].reduce((sum, [key, then]) => sum + ((calls.get(key) ?? 0) - then), 0),
    inFlightAgain: [...calls.values()].reduce((sum, each) => sum + each - 1, 0),
    tooOften: [...calls.values()].filter((each) => each > 2).length,
  };
}

async function beatWorkers(
  stand: EngineStand,
  batchId: string,
  workers: SpawnedWorker[],
  blow: Blow,
): Promise<ReadonlyMap<string, number>> {
  const victims = blow === 'all workers' ? [...workers.keys()] : [Math.floor(Math.random() * workers.length)];
  await Promise.all(victims.map((index) => workers[index]?.kill()));
  const finished = await finishedCalls(stand, batchId);
  for (const index of victims) workers[index] = await spawnWorker(stand.place);
  return finished;
}

async function beatDatabase(stand: EngineStand, batchId: string, pidOf: () => number): Promise<ReadonlyMap<string, number>> {
  const finished = await finishedCalls(stand, batchId);
  const pid = pidOf();
  process.kill(pid, 'SIGKILL');
  await until(() => pidOf() !== pid && pidOf() !== 0);
  await until(() => stand.database.ping());
  return finished;
}

/** How often each step that has finished has been called so far. */
async function finishedCalls(stand: EngineStand, batchId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await stand.database.db.execute<{ idempotency_key: string }>(sql`
    select r.idempotency_key from step_runs r join tasks t on t.organization_id = r.organization_id and t.id = r.task_id
    where t.batch_id = ${batchId} and r.kind = 'llm' and r.state = 'finished'`);
  const calls = callsByKey(stand, 0);
  return new Map(rows.map((row) => [row.idempotency_key, calls.get(row.idempotency_key) ?? 0]));
}

function callsByKey(stand: EngineStand, from: number): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const { headers } of stand.upstream.requests.slice(from)) {
    const key = headers['idempotency-key'];
    if (key !== undefined) calls.set(key, (calls.get(key) ?? 0) + 1);
  }
  return calls;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + roundMs;
  while (!(await holds())) {
    if (performance.now() > untilMs) throw new Error('The round has come to a halt.');
    await sleep(20);
  }
}
