import { DatabaseSetupError } from '../database-setup-error.ts';
import type { OsUser } from './choose-os-user.ts';
import type { ClusterFiles } from './cluster-files.ts';
import type { Binaries } from './prepare-binaries.ts';
import { runBinary } from './run-binary.ts';

/**
 * Stops PostgreSQL, which need not be our child, and waits until it is down: "fast" writes a checkpoint;
 * "immediate", if that takes over a minute, leaves the next start to recover from the log. Neither loses data.
 */
export async function stopPostmaster(cluster: ClusterFiles, binaries: Binaries, user: OsUser): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    const args = ['stop', '--pgdata', cluster.data, '--mode', mode, '--wait', '--timeout', '60', '--silent'];
    const { status } = await runBinary(binaries.pgCtl, args, user, 65_000, cluster.data);
    if (status === 0) return;
  }
  throw new DatabaseSetupError(
    'POSTGRES_NOT_STOPPED',
    `The embedded PostgreSQL did not stop. Its own messages are at the end of ${cluster.log}.`,
  );
}
