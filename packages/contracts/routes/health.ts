import { z } from 'zod';
import { modelHealthReportSchema } from '../model-health.ts';
import { replicasSchema } from '../replicas.ts';
import { defineRoute } from '../route.ts';

export const getModelHealth = defineRoute({
  operationId: 'getModelHealth',
  method: 'get',
  path: '/api/models/{slug}/health',
  permission: 'models:read',
  summary: 'How real calls of the model went: success, latency and pace, over the last hour or day and by quarters of an hour',
  tag: 'Models',
  params: z.object({ slug: z.string().min(1).max(300) }),
  success: { status: 200, schema: modelHealthReportSchema },
});

export const listReplicas = defineRoute({
  operationId: 'listReplicas',
  method: 'get',
  path: '/api/replicas',
  permission: 'models:read',
  summary: 'The processes that serve calls, and which of them have every change of the registry',
  tag: 'Models',
  success: { status: 200, schema: replicasSchema },
});
