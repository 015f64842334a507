import { z } from 'zod';
import { id } from '../fields.ts';
import type { Permission } from '../roles.ts';
import { defineRoute } from '../route.ts';
import { concurrencyLimitSchema } from '../workflows/concurrency-limits.ts';

const tag = 'Concurrency limits';
const success = { status: 200, schema: concurrencyLimitSchema } as const;

const reading = (permission: Permission, summary: string) => ({ method: 'get', permission, summary, tag, success }) as const;
const writing = (permission: Permission, summary: string) =>
  ({ method: 'patch', permission, summary, tag, body: concurrencyLimitSchema, success }) as const;

const organizationPath = '/api/settings/concurrency-limit';
const workflowPath = '/api/workflows/{id}/concurrency-limit';
const modelPath = '/api/models/{slug}/concurrency-limit';
const workflowParams = z.object({ id });
/** A platform model's slug holds a slash: `%2F` in a path. */
const modelParams = z.object({ slug: z.string().min(1).max(300) });

export const getConcurrencyLimit = defineRoute({
  operationId: 'getConcurrencyLimit',
  path: organizationPath,
  ...reading('settings:read', 'How many tasks of the organization run at a time'),
});
export const setConcurrencyLimit = defineRoute({
  operationId: 'setConcurrencyLimit',
  path: organizationPath,
  ...writing('settings:write', 'Limit how many tasks of the organization run at a time; null lifts the limit'),
});

export const getWorkflowConcurrencyLimit = defineRoute({
  operationId: 'getWorkflowConcurrencyLimit',
  path: workflowPath,
  params: workflowParams,
  ...reading('workflows:read', 'How many tasks of the workflow run at a time'),
});
export const setWorkflowConcurrencyLimit = defineRoute({
  operationId: 'setWorkflowConcurrencyLimit',
  path: workflowPath,
  params: workflowParams,
  ...writing('workflows:write', 'Limit how many tasks of the workflow run at a time; null lifts the limit'),
});

export const getModelConcurrencyLimit = defineRoute({
  operationId: 'getModelConcurrencyLimit',
  path: modelPath,
  params: modelParams,
  ...reading('models:read', 'How many LLM steps ask the model at a time'),
});
export const setModelConcurrencyLimit = defineRoute({
  operationId: 'setModelConcurrencyLimit',
  path: modelPath,
  params: modelParams,
  ...writing('models:write', 'Limit how many LLM steps ask the model at a time; null lifts the limit'),
});
