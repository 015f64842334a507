import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fiveSteps } from './__fixtures__/five-steps.ts';
import { type SpawnedWorker, spawnWorker } from './__fixtures__/spawn-worker.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';

const concurrency = 8;
const tasks = 60;

let stand: EngineStand;
let workflowId: string;
let workers: SpawnedWorker[] = [];
beforeAll(async () => {
  stand = await startEngineStand({ concurrency, answer: { delayMs: 200 } });
  workflowId = await stand.publish(fiveSteps(await stand.addModel('Tiny Chat')));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await stand.close();
});

const spawn = () => spawnWorker(stand.place);

/** How often the provider was called for each run of a step. */
function callsByKey(): Map<string, number> {
  const calls = new Map<string, number>();
  for (const { headers } of stand.upstream.requests) {
    const key = headers['idempotency-key'];
    if (key !== undefined) calls.set(key, (calls.get(key) ?? 0) + 1);
  }
  return calls;
}

async function finishedKeys(): Promise<string[]> {
  const { rows } = await stand.database.db.execute<{ idempotency_key: string }>(
    sql`select idempotency_key from step_runs where kind = 'llm' and state = 'finished'`,
  );
  return rows.map((row) => row.idempotency_key);
}

it('finishes every task though workers are killed, and calls no finished step again', { timeout: 240_000 }, async () => {
  /** What had finished at each kill, and how often it had been called by then. */
  const finishedAtKill: Map<string, number>[] = [];
  const batches: string[] = [];
  let killed = 0;

  workers = await Promise.all([spawn(), spawn()]);
  // One of them, the other, then both at once.
  for (const victims of [[0], [1], [0, 1]]) {
    const before = stand.upstream.requests.length;
    const inputs = Array.from({ length: tasks }, (_, index) => ({ text: `row ${index}` }));
    batches.push((await stand.createBatch(workflowId, inputs)).id);
    await expect.poll(() => stand.upstream.requests.length, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before + 20);
    await Promise.all(victims.map((index) => workers[index]?.kill()));
    killed += victims.length;
    const calls = callsByKey();
    finishedAtKill.push(new Map((await finishedKeys()).map((key) => [key, calls.get(key) ?? 0])));
    const spawned = await Promise.all(victims.map(spawn));
    for (const [at, index] of victims.entries()) workers[index] = spawned[at] as SpawnedWorker;
  }

  for (const id of batches) expect(await stand.waitForBatch(id, 120_000)).toMatchObject({ counts: { finished: tasks } });
  const calls = callsByKey();
  expect(calls.size).toBe(batches.length * (tasks + tasks / 2));
  for (const finished of finishedAtKill) for (const [key, before] of finished) expect(calls.get(key)).toBe(before);
  const repeated = [...calls.values()].reduce((sum, each) => sum + each - 1, 0);
  expect(repeated).toBeGreaterThan(0);
  expect(repeated).toBeLessThanOrEqual(killed * concurrency);
});
