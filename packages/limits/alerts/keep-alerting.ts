import { toSafeError } from '@pipelines/contracts';
import type { LimitsContext } from '../limits-context.ts';
import { deliverMessages } from './deliver-messages.ts';
import { raiseAlerts } from './raise-alerts.ts';

/** Looks every two seconds which budgets have reached a threshold, and sends what is due. Several processes may. */
export interface Alerting {
  start(): void;
  /** Waits for what is being sent. */
  stop(): Promise<void>;
}

const lookEveryMs = 2_000;

export function createAlerting(context: LimitsContext): Alerting {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    try {
      await raiseAlerts(context.database);
      await deliverMessages(context);
    } catch (error) {
      context.log({ event: 'task_failed', task: 'budget_alerts', error: toSafeError(error) });
    }
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look().finally(schedule);
    }, lookEveryMs);
    timer.unref();
  }

  return {
    start: schedule,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
