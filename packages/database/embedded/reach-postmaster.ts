import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSetupError } from '../database-setup-error.ts';
import type { OsUser } from './choose-os-user.ts';
import { choosePort } from './choose-port.ts';
import { type ClusterFiles, clusterDatabase, clusterUser } from './cluster-files.ts';
import { type ClusterHold, holdCluster } from './hold-cluster.ts';
import { type Launch, launchPostmaster } from './launch-postmaster.ts';
import { type Postmaster, readPostmaster } from './postmaster-file.ts';
import type { Binaries } from './prepare-binaries.ts';

const pollMs = 20;
const patienceMs = 30_000;

/**
 * What ends a start that is worth another try: another process was quicker, or the left-over backends of a
 * crash still hold the shared memory for a moment, or the port was taken since we looked.
 */
const passingFault = /lock file|shared memory|Address already in use|could not bind|could not create any TCP/i;

export interface ReachedCluster {
  readonly postmaster: Postmaster;
  readonly hold: ClusterHold;
  readonly url: string;
  /** True when PostgreSQL ran already: another process of ours, or one that died, started it. */
  readonly attached: boolean;
}

export interface ReachOptions {
  /** The port that connection pools already know; null on a first start. */
  readonly port: number | null;
  readonly signal: AbortSignal;
}

/** Attaches to the cluster's server, or starts it. Recovery after a crash is waited for, however long it takes. */
export async function reachPostmaster(
  cluster: ClusterFiles,
  binaries: Binaries,
  user: OsUser,
  options: ReachOptions,
): Promise<ReachedCluster> {
  const launches = new LaunchSlot();
  let patientUntil = Date.now() + patienceMs;
  try {
    for (;;) {
      options.signal.throwIfAborted();
      const postmaster = readPostmaster(cluster.data);
      if (postmaster?.ready) {
        const reached = await tryHold(cluster, postmaster);
        if (reached) return { ...reached, attached: launches.pid !== postmaster.pid };
      } else if (postmaster) {
        patientUntil = Date.now() + patienceMs;
      } else if (!launches.running) {
        launches.refuseLastingFault(cluster);
        launches.add(launchPostmaster(cluster, binaries, user, options.port ?? (await choosePort(cluster.port))));
      }
      if (Date.now() > patientUntil) throw notStarted(cluster);
      await sleep(pollMs);
    }
  } catch (error) {
    launches.cancel();
    throw error;
  }
}

/** The server that this attempt has launched, if any, and how the one before ended. */
class LaunchSlot {
  #launch: Launch | null = null;
  #lastWords: string | null = null;

  get running(): boolean {
    return this.#launch !== null;
  }

  get pid(): number | undefined {
    return this.#launch?.child.pid;
  }

  add(launch: Launch): void {
    this.#launch = launch;
    void launch.exited.then((words) => {
      this.#launch = null;
      this.#lastWords = words;
    });
  }

  refuseLastingFault(cluster: ClusterFiles): void {
    if (this.#lastWords !== null && !passingFault.test(this.#lastWords)) throw notStarted(cluster);
  }

  cancel(): void {
    this.#launch?.child.kill('SIGINT');
  }
}

async function tryHold(cluster: ClusterFiles, postmaster: Postmaster): Promise<Omit<ReachedCluster, 'attached'> | null> {
  const password = encodeURIComponent(fs.readFileSync(cluster.password, 'utf8'));
  const url = `postgres://${clusterUser}:${password}@127.0.0.1:${postmaster.port}/${clusterDatabase}`;
  try {
    return { postmaster, url, hold: await holdCluster(url) };
  } catch {
    // it is going down, recovering, or was killed since we read its file: the next look tells
    return null;
  }
}

function notStarted(cluster: ClusterFiles): DatabaseSetupError {
  return new DatabaseSetupError(
    'POSTGRES_NOT_STARTED',
    `The embedded PostgreSQL did not start. Its own messages are at the end of ${cluster.log}.`,
  );
}
