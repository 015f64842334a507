import { z } from 'zod';
import { id } from '../fields.ts';
import {
  budgetPageSchema,
  budgetQuerySchema,
  budgetSchema,
  callLimitPageSchema,
  callLimitQuerySchema,
  callLimitSchema,
  createBudgetBodySchema,
  setCallLimitBodySchema,
  updateBudgetBodySchema,
} from '../limits.ts';
import { defineRoute } from '../route.ts';

const tag = 'Limits and budgets';
const params = z.object({ id });

export const listCallLimits = defineRoute({
  operationId: 'listCallLimits',
  method: 'get',
  path: '/api/call-limits',
  permission: 'limits:read',
  summary: 'Limits on calls of the organization, API keys, members and models, with what counts right now',
  tag,
  query: callLimitQuerySchema,
  success: { status: 200, schema: callLimitPageSchema },
});

export const setCallLimit = defineRoute({
  operationId: 'setCallLimit',
  method: 'patch',
  path: '/api/call-limits',
  permission: 'limits:write',
  summary: 'Limit the calls of the organization, an API key, a member or a model; null lifts a limit',
  tag,
  body: setCallLimitBodySchema,
  success: { status: 200, schema: callLimitSchema },
  errors: ['model_not_found'],
});

export const listBudgets = defineRoute({
  operationId: 'listBudgets',
  method: 'get',
  path: '/api/budgets',
  permission: 'limits:read',
  summary: 'Budgets with what was spent of them',
  tag,
  query: budgetQuerySchema,
  success: { status: 200, schema: budgetPageSchema },
});

export const createBudget = defineRoute({
  operationId: 'createBudget',
  method: 'post',
  path: '/api/budgets',
  permission: 'limits:write',
  summary: 'Set how much may be spent in a day, a month or in all',
  tag,
  body: createBudgetBodySchema,
  success: { status: 201, schema: budgetSchema },
  errors: ['already_exists', 'model_not_found'],
});

export const updateBudget = defineRoute({
  operationId: 'updateBudget',
  method: 'patch',
  path: '/api/budgets/{id}',
  permission: 'limits:write',
  summary: 'Change the amount of a budget, or what it does with models of unknown price',
  tag,
  params,
  body: updateBudgetBodySchema,
  success: { status: 200, schema: budgetSchema },
});

export const deleteBudget = defineRoute({
  operationId: 'deleteBudget',
  method: 'delete',
  path: '/api/budgets/{id}',
  permission: 'limits:write',
  summary: 'Remove a budget',
  tag,
  params,
  success: { status: 204 },
});
