import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Log } from '@pipelines/contracts';
import { withServerSettings } from '@pipelines/database';
import { laneQueue } from './lane-workflow.ts';

/** Lanes mean the same in every release: a worker of any may go on with another's. */
const applicationVersion = '1';
const lanesAtOnce = 8;
const queuePollMs = 1_000;
const idleTransactionMs = 60_000;

export interface DbosOptions {
  readonly databaseUrl: string;
  readonly slot: number;
  readonly log: Log;
}

const executorOf = (slot: number) => `slot-${slot}`;

/** Opens DBOS on a schema of its own in our database. What a former life of this slot was doing goes on at once. */
export async function launchDbos({ databaseUrl, slot, log }: DbosOptions): Promise<void> {
  const quiet = () => undefined;
  DBOS.setConfig({
    name: 'pipelines',
    // Said in the URL, or DBOS would say it by a statement of its own on each connection, which pg warns of.
    systemDatabaseUrl: withServerSettings(databaseUrl, { idle_in_transaction_session_timeout: String(idleTransactionMs) }),
    systemDatabaseSchemaName: 'dbos',
    systemDatabasePoolSize: 4,
    executorID: executorOf(slot),
    applicationVersion,
    // Its own words may hold the database's: only that something went wrong is told.
    logger: {
      info: quiet,
      debug: quiet,
      warn: quiet,
      error: () => log({ event: 'task_failed', task: 'workflow_dbos', error: { name: 'DBOSError', code: null, message: null } }),
    },
  });
  await DBOS.launch();
  await DBOS.registerQueue(laneQueue, { workerConcurrency: lanesAtOnce, minPollingIntervalMs: queuePollMs, onConflict: 'always_update' });
}

export interface OpenLane {
  readonly workflowId: string;
  /** Of the worker that drives it; null while none does yet. */
  readonly slot: number | null;
}

/** Lanes that have not ended. */
export async function listOpenLanes(): Promise<OpenLane[]> {
  const open = await DBOS.listWorkflows({ status: ['PENDING', 'ENQUEUED'], loadInput: false, loadOutput: false, limit: 10_000 });
  return open.map(({ workflowID, status, executorId }) => {
    const slot = status === 'PENDING' ? /^slot-(\d+)$/.exec(executorId ?? '')?.[1] : undefined;
    return { workflowId: workflowID, slot: slot === undefined ? null : Number(slot) };
  });
}

/** Whoever is free next goes on with these lanes. */
export async function resumeLanes(workflowIds: readonly string[]): Promise<void> {
  await DBOS.resumeWorkflows([...workflowIds], { queueName: laneQueue });
}
