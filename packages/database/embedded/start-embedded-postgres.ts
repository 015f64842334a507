import type { Log } from '@pipelines/contracts';
import { chooseDataDir } from './choose-data-dir.ts';
import { chooseOsUser } from './choose-os-user.ts';
import { clusterFiles } from './cluster-files.ts';
import { initializeCluster } from './initialize-cluster.ts';
import { keepPostmaster } from './keep-postmaster.ts';
import { prepareBinaries } from './prepare-binaries.ts';
import { type ReachOptions, reachPostmaster } from './reach-postmaster.ts';
import { stopPostmaster } from './stop-postmaster.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, under `postgres/`. Made if it is not there. See `chooseDataDir` for its default. */
  readonly dataDir: string;
  readonly log: Log;
}

export interface EmbeddedPostgres {
  /** Superuser's URL on 127.0.0.1, with the password; it stays the same across restarts. */
  readonly url: string;
  /** The server's process now; another one after a restart. */
  readonly pid: number;
  /** Whether the server ran already when we came. */
  readonly attached: boolean;
  /**
   * Lets go of the cluster. Several processes may use one DATA_DIR, each attached to the one server: the
   * last of them to stop, whoever started the server, stops it; the others leave it running. Should one of
   * them be killed meanwhile, its hold is gone with its connection, so it does not count.
   */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the cluster under `dataDir`, making the cluster first if need be, or attaches to the
 * server that runs on it already; then keeps it running. One machine (or container) at a time per `dataDir`.
 *
 * @throws DatabaseSetupError with a sentence for the operator
 */
export async function startEmbeddedPostgres({ dataDir, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const startedAt = Date.now();
  log({ event: 'database_starting', engine: 'embedded' });

  const dir = chooseDataDir([dataDir]);
  const cluster = clusterFiles(dir);
  const user = chooseOsUser(cluster.data);
  const binaries = await prepareBinaries(dir, user);
  await initializeCluster(dir, binaries, user);
  const reach = (options: ReachOptions) => reachPostmaster(cluster, binaries, user, options);
  const first = await reach({ port: null, signal: new AbortController().signal });
  const keeper = keepPostmaster(first, reach, log);

  log({ event: 'database_ready', engine: 'embedded', startMs: Date.now() - startedAt, attached: first.attached });
  return {
    url: first.url,
    attached: first.attached,
    get pid() {
      return keeper.current.postmaster.pid;
    },
    async stop() {
      const { hold } = await keeper.end();
      // A broken hold means that the server is down, or that it is another process's to look after.
      const alone = await hold.claimAlone().catch(() => false);
      if (alone) await stopPostmaster(cluster, binaries, user);
      await hold.release();
    },
  };
}
