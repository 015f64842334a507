import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode, stopProcess, waitForLine } from '../child-process.mjs';

/** A PostgreSQL that the tests did not start and only know by its URL: a second cluster, held by another process. */
export async function startExternalPostgres() {
  const dataDir = mkdtempSync(join(tmpdir(), 'pipelines-external-'));
  // As root, PostgreSQL runs as another user, who must pass.
  chmodSync(dataDir, 0o711);
  const child = startNode(['--import', 'tsx', 'packages/database/testing/run-embedded-postgres.ts', dataDir, 'fleeting'], {
    output: 'pipe',
  });
  const stop = async () => {
    await stopProcess(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await waitForLine(
      child,
      (line) => (line.startsWith('{') ? /** @type {string} */ (JSON.parse(line).url) : undefined),
      'PostgreSQL',
    );
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
