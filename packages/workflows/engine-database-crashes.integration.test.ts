import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, migrateDatabase, openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fiveSteps } from './__fixtures__/five-steps.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';

const tasks = 100;
const silent = () => undefined;

let dataDir: string;
let postgres: EmbeddedPostgres;
let stand: EngineStand;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'engine-postgres-'));
  // As root, PostgreSQL runs as another user, who must pass.
  await chmod(dataDir, 0o711);
  postgres = await startEmbeddedPostgres({ dataDir, log: silent });
  const database = openDatabase({ url: postgres.url, poolSize: 1, log: silent });
  await migrateDatabase(database, silent);
  await database.close();
  stand = await startEngineStand({ databaseUrl: postgres.url, concurrency: 8, answer: { delayMs: 60 } });
  await stand.engine.start();
});
afterAll(async () => {
  await stand.engine.stop();
  await stand.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it('finishes every task though PostgreSQL is killed, and loses no answer', { timeout: 240_000 }, async () => {
  const workflowId = await stand.publish(fiveSteps(await stand.addModel('Tiny Chat')));
  const batch = await stand.createBatch(
    workflowId,
    Array.from({ length: tasks }, (_, index) => ({ text: `row ${index}` })),
  );
  const calls = () => stand.upstream.requests.filter((request) => request.headers['idempotency-key'] !== undefined);
  for (const _round of [1, 2]) {
    const busy = calls().length + 20;
    await expect.poll(() => calls().length, { timeout: 30_000, interval: 20 }).toBeGreaterThan(busy);
    const { pid } = postgres;
    process.kill(pid, 'SIGKILL');
    // The supervisor may be back before anyone could have seen the database away.
    await expect.poll(() => postgres.pid, { timeout: 30_000, interval: 50 }).not.toBe(pid);
    await expect.poll(() => stand.database.ping(), { timeout: 30_000, interval: 100 }).toBe(true);
  }
  expect(await stand.waitForBatch(batch.id, 120_000)).toMatchObject({ counts: { finished: tasks } });
  // The worker lived on: what was answered while the database was away is kept, and nothing is asked twice.
  expect(calls()).toHaveLength(tasks + tasks / 2);
  expect(new Set(calls().map((request) => request.headers['idempotency-key'])).size).toBe(tasks + tasks / 2);
});
