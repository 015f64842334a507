import { toSafeError } from '@pipelines/contracts';
import { type Database, openDatabase } from '@pipelines/database';
import type { Engine } from '../engine.ts';
import { cancelBatch, cancelTask } from '../lanes/cancel-tasks.ts';
import { regenerateStep } from '../lanes/regenerate-step.ts';
import { retryTask } from '../lanes/retry-task.ts';
import { submitReview } from '../lanes/submit-review.ts';
import { type TaskNotice, taskChannel, tell } from '../lanes/task-notices.ts';
import type { EngineOptions } from './engine-options.ts';
import { startWorker, type Worker } from './start-worker.ts';

/** The engine of this process; at most one runs at a time. Several processes share the work. */
export function createEngine(options: EngineOptions): Engine {
  const { database, log } = options;
  const concurrency = options.concurrency ?? 64;
  let worker: Worker | null = null;
  let subscription: { close(): Promise<void> } | null = null;
  /** The worker's own connections: what it asks many times a second wants plans of its own. */
  let connections: Database | null = null;
  let stopped = true;

  function hear(payload: string): void {
    const notice = JSON.parse(payload) as TaskNotice;
    if (notice.kind === 'wake') worker?.wake();
    else worker?.abort((task) => (notice.kind === 'cancel_task' ? task.id : task.batch_id) === notice.id);
  }

  /** A worker that has lost its slot for good makes place for a new one. */
  async function work(): Promise<void> {
    connections ??= openDatabase({ url: options.databaseUrl, poolSize: connectionCount, steadyPlans: true, log });
    worker = await startWorker({ ...options, database: connections, concurrency, onLost: () => void replace() });
  }

  async function replace(): Promise<void> {
    const old = worker;
    worker = null;
    await old?.stop(0);
    while (!stopped && worker === null) {
      await work().catch(async (error: unknown) => {
        log({ event: 'task_failed', task: 'workflow_worker', error: toSafeError(error) });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      });
    }
  }

  return {
    async start() {
      stopped = false;
      subscription = await database.listen(taskChannel, { onNotify: hear, onReconnect: () => worker?.wake() });
      await work();
      worker?.wake();
    },
    async stop() {
      stopped = true;
      await subscription?.close();
      await worker?.stop(graceMs);
      worker = null;
      await connections?.close();
      connections = null;
    },
    wake() {
      worker?.wake();
      database.db.execute(tell({ kind: 'wake' })).catch(() => undefined);
    },
    cancelTask: (organizationId, taskId) => cancelTask(database, organizationId, taskId),
    cancelBatch: (organizationId, batchId) => cancelBatch(database, organizationId, batchId),
    submitReview: (organizationId, stepRunId, review) => submitReview(database, organizationId, stepRunId, review),
    retryTask: (organizationId, taskId) => retryTask(database, organizationId, taskId),
    regenerateStep: (organizationId, stepRunId, trigger) => regenerateStep(database, organizationId, stepRunId, trigger),
  };
}

const connectionCount = 6;

/** Calls that are out when the server stops may end within this time; later ones are made again elsewhere. */
const graceMs = 3_000;
