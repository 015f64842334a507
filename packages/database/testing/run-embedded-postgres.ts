/**
 * A process of its own that holds the embedded cluster of its first argument until SIGTERM; for crash tests. With `fleeting`,
 * what is written need not survive a power cut.
 */
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';
import { skipSyncs } from './test-server.ts';

const [dataDir, fleeting] = process.argv.slice(2);
if (!dataDir) throw new Error('Usage: run-embedded-postgres.ts <data dir> [fleeting]');

const { url, pid, attached, stop } = await startEmbeddedPostgres({ dataDir, log: () => undefined });
if (fleeting === 'fleeting') await skipSyncs(url);
process.stdout.write(`${JSON.stringify({ url, pid, attached })}\n`);

const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', async () => {
  await stop();
  clearInterval(alive);
});
