import type { Limits } from '@pipelines/limits';
import type { Handlers } from './route-table.ts';

export interface LimitsDependencies {
  readonly limits: Limits;
}

type LimitOperation = 'listCallLimits' | 'setCallLimit' | 'listBudgets' | 'createBudget' | 'updateBudget' | 'deleteBudget';
type WebhookOperation = 'listWebhooks' | 'createWebhook' | 'updateWebhook' | 'deleteWebhook' | 'testWebhook' | 'listWebhookDeliveries';

export function limitHandlers({ limits }: LimitsDependencies): Handlers<LimitOperation> {
  return {
    listCallLimits: ({ principal, query }) => limits.listCallLimits(principal, query),
    setCallLimit: ({ principal, body }) => limits.setCallLimit(principal, body),
    listBudgets: ({ principal, query }) => limits.listBudgets(principal, query),
    createBudget: ({ principal, body }) => limits.createBudget(principal, body),
    updateBudget: ({ principal, params, body }) => limits.updateBudget(principal, params.id, body),
    deleteBudget: ({ principal, params }) => limits.deleteBudget(principal, params.id),
  };
}

export function webhookHandlers({ limits }: LimitsDependencies): Handlers<WebhookOperation> {
  return {
    listWebhooks: ({ principal, query }) => limits.listWebhooks(principal, query),
    createWebhook: ({ principal, body }) => limits.createWebhook(principal, body),
    updateWebhook: ({ principal, params, body }) => limits.updateWebhook(principal, params.id, body),
    deleteWebhook: ({ principal, params }) => limits.deleteWebhook(principal, params.id),
    testWebhook: ({ principal, params }) => limits.testWebhook(principal, params.id),
    listWebhookDeliveries: ({ principal, params, query }) => limits.listWebhookDeliveries(principal, params.id, query),
  };
}
