/**
 * `npm run soak -- [--rounds 20]`: kills one worker of three, all of them, and PostgreSQL in the middle of a batch, so many
 * times each, on the embedded PostgreSQL of this process and on one of another process. Every task must finish, no finished
 * step may be called again, and one in flight at most once more for each death, under the same key. Prints the counts; ends
 * with 1 where a rule is broken.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrateDatabase, openDatabase, startEmbeddedPostgres } from '@pipelines/database';
import { fiveSteps } from './five-steps.ts';
import { holdPostgres } from './hold-postgres.ts';
import { type Blow, soakRound } from './soak-round.ts';
import { spawnWorker } from './spawn-worker.ts';
import { startEngineStand } from './start-engine-stand.ts';

const blows: readonly Blow[] = ['one worker', 'all workers', 'PostgreSQL'];
const workerCount = 3;
const silent = () => undefined;

const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 20 : Number(process.argv[at + 1]);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('Usage: npm run soak -- [--rounds 20]');

let broken = false;
for (const engine of ['embedded', 'external'] as const) broken = (await soak(engine)) || broken;
process.exitCode = broken ? 1 : 0;

async function soak(engine: 'embedded' | 'external'): Promise<boolean> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'pipelines-soak-'));
  // As root, PostgreSQL runs as another user, who must pass.
  await chmod(dataDir, 0o711);
  const postgres = engine === 'embedded' ? await startEmbeddedPostgres({ dataDir, log: silent }) : await holdPostgres(dataDir);
  const database = openDatabase({ url: postgres.url, poolSize: 1, log: silent });
  await migrateDatabase(database, silent);
  await database.close();
  const stand = await startEngineStand({ databaseUrl: postgres.url, concurrency: 8, answer: { delayMs: 150 } });
  const workers = await Promise.all(Array.from({ length: workerCount }, () => spawnWorker(stand.place)));
  const table: Record<string, object> = {};
  let isBroken = false;
  try {
    const workflowId = await stand.publish(fiveSteps(await stand.addModel('Tiny Chat')));
    for (const blow of blows) {
      const sums = {
        rounds: 0,
        tasks: 0,
        unfinished: 0,
        'finished, called again': 0,
        'in flight, called again': 0,
        'called more than allowed': 0,
      };
      for (let round = 0; round < rounds; round += 1) {
        const result = await soakRound({ stand, workers, workflowId, blow, pidOf: () => postgres.pid });
        sums.rounds += 1;
        sums.tasks += result.tasks;
        sums.unfinished += result.unfinished;
        sums['finished, called again'] += result.finishedAgain;
        sums['in flight, called again'] += result.inFlightAgain;
        sums['called more than allowed'] += result.tooOften;
      }
      isBroken ||= sums.unfinished + sums['finished, called again'] + sums['called more than allowed'] > 0;
      table[blow] = sums;
      console.log(`${engine}, ${blow}: ${JSON.stringify(sums)}`);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await stand.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  console.log(`\n${engine} PostgreSQL, ${workerCount} workers`);
  console.table(table);
  return isBroken;
}
