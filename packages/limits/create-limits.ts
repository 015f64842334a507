import { type AskedCall, type CallAdmission, type Principal, type UpdateBudgetBody, unlimitedCall } from '@pipelines/contracts';
import { admitCall } from './admission/admit-call.ts';
import { AnswerSizes } from './admission/answer-sizes.ts';
import { createRules } from './admission/follow-rules.ts';
import { findRules } from './admission/limit-rules.ts';
import { keepSharingCounts } from './admission/share-counts.ts';
import { keepAlerting } from './alerts/keep-alerting.ts';
import { createWebhook, deleteWebhook, listWebhookDeliveries, listWebhooks, testWebhook, updateWebhook } from './alerts/webhooks.ts';
import { deleteBudget, updateBudget } from './budgets/change-budget.ts';
import { createBudget } from './budgets/create-budget.ts';
import { createLeaseKeeper } from './budgets/keep-leases.ts';
import { listBudgets } from './budgets/list-budgets.ts';
import { listCallLimits } from './call-limits/list-call-limits.ts';
import { setCallLimit } from './call-limits/set-call-limit.ts';
import { createClock } from './clock.ts';
import type { LimitsContext, RefusalReason } from './limits-context.ts';

export interface LimitsOptions extends LimitsContext {
  /** A call was refused. */
  readonly onRefusal?: (reason: RefusalReason) => void;
}

export type Limits = ReturnType<typeof createLimits>;

/** Call limits, budgets and their alerts. Each use case is described in its own file. */
export function createLimits({ onRefusal = () => undefined, ...context }: LimitsOptions) {
  const { database, processId, log } = context;
  const clock = createClock();
  const keeper = createLeaseKeeper({ database, processId, log, onTime: clock.set });
  const rules = createRules({ database, leases: keeper.leases, log });
  const stops: (() => Promise<void>)[] = [];
  const doors = { now: clock.now, sizes: new AnswerSizes(), onRefusal };

  /** A change is seen by this process before it is answered. */
  const changing =
    <Args extends [{ readonly organizationId: string }, ...unknown[]], Result>(
      useCase: (context: LimitsContext, ...args: Args) => Promise<Result>,
    ) =>
    async (...args: Args): Promise<Result> => {
      const result = await useCase(context, ...args);
      await rules.refresh(args[0].organizationId);
      return result;
    };
  const bind =
    <Args extends unknown[], Result>(useCase: (context: LimitsContext, ...args: Args) => Result) =>
    (...args: Args): Result =>
      useCase(context, ...args);

  const admission: CallAdmission = {
    admit(asked: AskedCall) {
      const own = rules.of(asked.organizationId);
      if (own === undefined) return unlimitedCall;
      const held = findRules(own, asked);
      return held.length === 0 ? unlimitedCall : admitCall(doors, asked, held);
    },
  };

  return {
    ...admission,
    /** Loads what is limited; from then on `admit` knows it. */
    async start(): Promise<void> {
      await rules.start();
      await keeper.start();
      stops.unshift(keepSharingCounts({ database, processId, rules, now: clock.now, onTime: clock.set, log }));
    },
    /** Notices what budgets have reached, and tells webhooks. Several processes may. */
    startAlerts(): void {
      stops.unshift(keepAlerting(context));
    },
    /** Gives back what it holds of budgets. */
    async stop(): Promise<void> {
      for (const stop of stops) await stop();
      await rules.stop();
      await keeper.stop();
    },

    listCallLimits: bind(listCallLimits),
    setCallLimit: changing(setCallLimit),
    listBudgets: bind(listBudgets),
    createBudget: changing(createBudget),
    updateBudget: changing(async (context, principal: Principal, id: string, body: UpdateBudgetBody) => {
      const budget = await updateBudget(context, principal, id, body);
      keeper.leases.recall(id);
      return budget;
    }),
    deleteBudget: changing(deleteBudget),

    listWebhooks: bind(listWebhooks),
    createWebhook: bind(createWebhook),
    updateWebhook: bind(updateWebhook),
    deleteWebhook: bind(deleteWebhook),
    testWebhook: bind(testWebhook),
    listWebhookDeliveries: bind(listWebhookDeliveries),
  };
}
