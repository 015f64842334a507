/** A process of its own that holds the embedded cluster of its first argument until SIGTERM; for crash tests. */
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('Usage: run-embedded-postgres.ts <data dir>');

const { url, pid, attached, stop } = await startEmbeddedPostgres({ dataDir, log: () => undefined });
process.stdout.write(`${JSON.stringify({ url, pid, attached })}\n`);

const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', async () => {
  await stop();
  clearInterval(alive);
});
