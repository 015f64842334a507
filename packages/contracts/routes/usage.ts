import { z } from 'zod';
import {
  attemptDetailSchema,
  attemptListQuerySchema,
  attemptPageSchema,
  cacheSavingsQuerySchema,
  cacheSavingsSchema,
  usageQuerySchema,
  usageSchema,
} from '../attempts.ts';
import { attemptContentSchema } from '../contents.ts';
import { costComparisonPageSchema, costComparisonQuerySchema } from '../cost-comparisons.ts';
import { id, pageOf, pageQuery } from '../fields.ts';
import { auditEntrySchema } from '../identity.ts';
import { defineRoute } from '../route.ts';

export const listAttempts = defineRoute({
  operationId: 'listAttempts',
  method: 'get',
  path: '/api/attempts',
  permission: 'usage:read',
  summary: 'The log: one row a call to a provider, newest first',
  tag: 'Usage',
  query: attemptListQuerySchema,
  success: { status: 200, schema: attemptPageSchema },
});

export const getAttempt = defineRoute({
  operationId: 'getAttempt',
  method: 'get',
  path: '/api/attempts/{id}',
  permission: 'usage:read',
  summary: 'One call to a provider',
  tag: 'Usage',
  params: z.object({ id }),
  success: { status: 200, schema: attemptDetailSchema },
});

export const getAttemptContent = defineRoute({
  operationId: 'getAttemptContent',
  method: 'get',
  path: '/api/attempts/{id}/content',
  permission: 'contents:read',
  summary: 'What was said in a call, where the organization keeps contents; each reading is in the audit log',
  tag: 'Usage',
  params: z.object({ id }),
  success: { status: 200, schema: attemptContentSchema },
  errors: ['content_unreadable'],
});

export const getUsage = defineRoute({
  operationId: 'getUsage',
  method: 'get',
  path: '/api/usage',
  permission: 'usage:read',
  summary: 'Sums of calls, tokens and cost by day, model or API key',
  tag: 'Usage',
  query: usageQuerySchema,
  success: { status: 200, schema: usageSchema },
});

export const getCacheSavings = defineRoute({
  operationId: 'getCacheSavings',
  method: 'get',
  path: '/api/cache-savings',
  permission: 'usage:read',
  summary: 'How many calls got a kept answer, and what that has saved',
  tag: 'Usage',
  query: cacheSavingsQuerySchema,
  success: { status: 200, schema: cacheSavingsSchema },
});

export const listCostComparisons = defineRoute({
  operationId: 'listCostComparisons',
  method: 'get',
  path: '/api/cost-comparisons',
  permission: 'usage:read',
  summary: "Our costs beside the provider's own, by day and model, compared each night",
  tag: 'Usage',
  query: costComparisonQuerySchema,
  success: { status: 200, schema: costComparisonPageSchema },
});

export const listAuditLog = defineRoute({
  operationId: 'listAuditLog',
  method: 'get',
  path: '/api/audit-log',
  permission: 'audit:read',
  summary: 'Who changed what, newest first',
  tag: 'Audit',
  query: z.object(pageQuery),
  success: { status: 200, schema: pageOf(auditEntrySchema) },
});
