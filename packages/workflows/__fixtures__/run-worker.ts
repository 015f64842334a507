/** A worker in a process of its own, until it is killed. Arguments: the database, the data folder, how many tasks at a time. */
import { openWorker } from './open-worker.ts';

const [databaseUrl, dataDir, concurrency] = process.argv.slice(2);
if (databaseUrl === undefined || dataDir === undefined) throw new Error('Usage: run-worker.ts <database> <folder> <concurrency>');

const { engine } = await openWorker({
  databaseUrl,
  dataDir,
  concurrency: Number(concurrency),
  log: (event) => void (event.event === 'task_failed' && process.stderr.write(`${JSON.stringify(event)}\n`)),
});
await engine.start();
process.stdout.write('ready\n');
