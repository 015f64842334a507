import { repeatTask } from '@pipelines/database';
import type { LimitsContext } from '../limits-context.ts';
import { deliverMessages } from './deliver-messages.ts';
import { raiseAlerts } from './raise-alerts.ts';

const lookEveryMs = 2_000;

/**
 * Looks every two seconds which budgets have reached a threshold, and sends what is due. Several processes may. Returns how to
 * stop, which waits for what is being sent.
 */
export function keepAlerting(context: LimitsContext): () => Promise<void> {
  return repeatTask({
    task: 'budget_alerts',
    everyMs: lookEveryMs,
    log: context.log,
    async work() {
      await raiseAlerts(context.database);
      await deliverMessages(context);
    },
  });
}
