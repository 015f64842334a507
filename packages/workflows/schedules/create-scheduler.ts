import { type Log, toSafeError } from '@pipelines/contracts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { runDueSchedules } from './run-due-schedules.ts';

/** Looks once a second which schedules are due. Several processes may. */
export interface Scheduler {
  start(): void;
  /** Waits for what is being created. */
  stop(): Promise<void>;
}

const lookEveryMs = 1_000;

export function createScheduler(context: WorkflowsContext, log: Log): Scheduler {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    try {
      await runDueSchedules(context, new Date());
    } catch (error) {
      log({ event: 'task_failed', task: 'workflow_schedules', error: toSafeError(error) });
    } finally {
      looking = null;
    }
  }

  return {
    start() {
      timer ??= setInterval(() => {
        looking ??= look();
      }, lookEveryMs);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      await looking;
    },
  };
}
