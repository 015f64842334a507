import { z } from 'zod';
import { id } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { batchEventSchema, taskEventSchema, tryEventSchema, tryStepBodySchema } from '../workflows/events.ts';

const tag = 'Workflows';
const params = z.object({ id });

export const watchTask = defineRoute({
  operationId: 'watchTask',
  method: 'get',
  path: '/api/tasks/{id}/events',
  permission: 'workflows:read',
  summary: 'A task as it changes, and the answers of its steps as they stream. A reconnect begins with the whole task again',
  tag,
  params,
  success: { status: 200, events: taskEventSchema },
  errors: ['rate_limited'],
});

export const watchBatch = defineRoute({
  operationId: 'watchBatch',
  method: 'get',
  path: '/api/batches/{id}/events',
  permission: 'workflows:read',
  summary: 'A batch as it changes',
  tag,
  params,
  success: { status: 200, events: batchEventSchema },
  errors: ['rate_limited'],
});

export const tryStep = defineRoute({
  operationId: 'tryStep',
  method: 'post',
  path: '/api/step-tries',
  permission: 'workflows:write',
  summary: 'Run an LLM step once on samples, as a task would, and watch it. Hanging up cancels it',
  tag,
  body: tryStepBodySchema,
  maxBodyBytes: 20_000_000,
  success: { status: 200, events: tryEventSchema },
  errors: ['rate_limited'],
});
