import { z } from 'zod';
import { id, lineOrNothing } from '../fields.ts';
import { defineRoute } from '../route.ts';
import {
  batchResultsSchema,
  batchSchema,
  createdBatchSchema,
  createTasksBodySchema,
  reviewBodySchema,
  taskDetailSchema,
  taskListQuerySchema,
  taskPageSchema,
} from '../workflows/tasks.ts';
import {
  createWorkflowBodySchema,
  publishBodySchema,
  updateWorkflowBodySchema,
  workflowListQuerySchema,
  workflowPageSchema,
  workflowSchema,
  workflowVersionDetailSchema,
  workflowVersionSchema,
} from '../workflows/workflows.ts';

const tag = 'Workflows';
const params = z.object({ id });

export const listWorkflows = defineRoute({
  operationId: 'listWorkflows',
  method: 'get',
  path: '/api/workflows',
  permission: 'workflows:read',
  summary: 'Workflows, last changed first',
  tag,
  query: workflowListQuerySchema,
  success: { status: 200, schema: workflowPageSchema },
});

export const createWorkflow = defineRoute({
  operationId: 'createWorkflow',
  method: 'post',
  path: '/api/workflows',
  permission: 'workflows:write',
  summary: 'Begin a workflow, empty or from a graph',
  tag,
  body: createWorkflowBodySchema,
  maxBodyBytes: 5_000_000,
  success: { status: 201, schema: workflowSchema },
});

export const getWorkflow = defineRoute({
  operationId: 'getWorkflow',
  method: 'get',
  path: '/api/workflows/{id}',
  permission: 'workflows:read',
  summary: 'A workflow with its draft and what is wrong with it',
  tag,
  params,
  success: { status: 200, schema: workflowSchema },
});

export const updateWorkflow = defineRoute({
  operationId: 'updateWorkflow',
  method: 'patch',
  path: '/api/workflows/{id}',
  permission: 'workflows:write',
  summary: 'Edit the draft; 409 when somebody else has meanwhile',
  tag,
  params,
  body: updateWorkflowBodySchema,
  maxBodyBytes: 5_000_000,
  success: { status: 200, schema: workflowSchema },
  errors: ['conflict'],
});

export const publishWorkflow = defineRoute({
  operationId: 'publishWorkflow',
  method: 'post',
  path: '/api/workflows/{id}/publish',
  permission: 'workflows:write',
  summary: 'Make the draft an immutable version, which new tasks run',
  tag,
  params,
  body: publishBodySchema,
  success: { status: 200, schema: workflowSchema },
  errors: ['conflict', 'workflow_incomplete'],
});

export const pauseWorkflow = defineRoute({
  operationId: 'pauseWorkflow',
  method: 'post',
  path: '/api/workflows/{id}/pause',
  permission: 'workflows:write',
  summary: 'Begin no further step',
  tag,
  params,
  success: { status: 200, schema: workflowSchema },
  errors: ['conflict'],
});

export const resumeWorkflow = defineRoute({
  operationId: 'resumeWorkflow',
  method: 'post',
  path: '/api/workflows/{id}/resume',
  permission: 'workflows:write',
  summary: 'Go on after a pause, or take an archived workflow back',
  tag,
  params,
  success: { status: 200, schema: workflowSchema },
  errors: ['conflict'],
});

export const archiveWorkflow = defineRoute({
  operationId: 'archiveWorkflow',
  method: 'post',
  path: '/api/workflows/{id}/archive',
  permission: 'workflows:write',
  summary: 'Take no more tasks; those under way end',
  tag,
  params,
  success: { status: 200, schema: workflowSchema },
});

export const listWorkflowVersions = defineRoute({
  operationId: 'listWorkflowVersions',
  method: 'get',
  path: '/api/workflows/{id}/versions',
  permission: 'workflows:read',
  summary: 'Published versions, newest first',
  tag,
  params,
  success: { status: 200, schema: z.object({ data: z.array(workflowVersionSchema) }) },
});

export const getWorkflowVersion = defineRoute({
  operationId: 'getWorkflowVersion',
  method: 'get',
  path: '/api/workflows/{id}/versions/{version}',
  permission: 'workflows:read',
  summary: 'One published version with its graph',
  tag,
  params: z.object({ id, version: z.coerce.number().int().min(1) }),
  success: { status: 200, schema: workflowVersionDetailSchema },
});

/** JSON here; `text/csv` with a header line is taken at the same address. */
export const createTasks = defineRoute({
  operationId: 'createTasks',
  method: 'post',
  path: '/api/workflows/{id}/tasks',
  permission: 'workflows:write',
  summary: 'Run the published version on 1 to 5,000 rows; Idempotency-Key is honoured',
  tag,
  params,
  query: z.object({ rows: z.enum(['all', 'valid']).optional(), name: lineOrNothing(120).optional() }),
  body: createTasksBodySchema,
  csvBody: true,
  maxBodyBytes: 20_000_000,
  success: { status: 202, schema: createdBatchSchema },
  errors: ['workflow_not_active', 'rows_invalid'],
});

export const listTasks = defineRoute({
  operationId: 'listTasks',
  method: 'get',
  path: '/api/workflows/{id}/tasks',
  permission: 'workflows:read',
  summary: 'Tasks of a workflow, newest first',
  tag,
  params,
  query: taskListQuerySchema,
  success: { status: 200, schema: taskPageSchema },
});

export const getTask = defineRoute({
  operationId: 'getTask',
  method: 'get',
  path: '/api/tasks/{id}',
  permission: 'workflows:read',
  summary: 'A task with every run of its steps',
  tag,
  params,
  success: { status: 200, schema: taskDetailSchema },
});

export const cancelTask = defineRoute({
  operationId: 'cancelTask',
  method: 'post',
  path: '/api/tasks/{id}/cancel',
  permission: 'workflows:write',
  summary: 'End a task; a call that is under way is canceled at the provider',
  tag,
  params,
  success: { status: 200, schema: taskDetailSchema },
  errors: ['conflict'],
});

export const retryTask = defineRoute({
  operationId: 'retryTask',
  method: 'post',
  path: '/api/tasks/{id}/retry',
  permission: 'workflows:write',
  summary: 'Go on from the step that failed; finished steps are not called again',
  tag,
  params,
  success: { status: 200, schema: taskDetailSchema },
  errors: ['conflict'],
});

export const regenerateStep = defineRoute({
  operationId: 'regenerateStep',
  method: 'post',
  path: '/api/steps/{id}/regenerate',
  permission: 'workflows:write',
  summary: 'Make a new generation of an LLM step that has ended; what followed from the old one runs again',
  tag,
  params,
  success: { status: 200, schema: taskDetailSchema },
  errors: ['conflict'],
});

export const reviewStep = defineRoute({
  operationId: 'reviewStep',
  method: 'post',
  path: '/api/steps/{id}/review',
  permission: 'workflows:write',
  summary: 'Pass or fail a waiting review',
  tag,
  params,
  body: reviewBodySchema,
  success: { status: 200, schema: taskDetailSchema },
  errors: ['conflict'],
});

export const listBatches = defineRoute({
  operationId: 'listBatches',
  method: 'get',
  path: '/api/workflows/{id}/batches',
  permission: 'workflows:read',
  summary: 'Batches of a workflow, newest first',
  tag,
  params,
  success: { status: 200, schema: z.object({ data: z.array(batchSchema) }) },
});

export const getBatch = defineRoute({
  operationId: 'getBatch',
  method: 'get',
  path: '/api/batches/{id}',
  permission: 'workflows:read',
  summary: 'Counts, rate, time left and cost of a batch',
  tag,
  params,
  success: { status: 200, schema: batchSchema },
});

export const getBatchResults = defineRoute({
  operationId: 'getBatchResults',
  method: 'get',
  path: '/api/batches/{id}/results',
  permission: 'workflows:read',
  summary: 'Every task of a batch with its input and output, in the order of its rows; `format=csv` for a spreadsheet',
  tag,
  params,
  query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
  success: { status: 200, schema: batchResultsSchema, csv: true },
});

const batchAction = (action: 'pause' | 'resume' | 'cancel' | 'retry', summary: string) =>
  ({
    method: 'post',
    path: `/api/batches/{id}/${action}`,
    permission: 'workflows:write',
    summary,
    tag,
    params,
    success: { status: 200, schema: batchSchema },
    errors: ['conflict'],
  }) as const;

export const pauseBatch = defineRoute({ operationId: 'pauseBatch', ...batchAction('pause', 'Begin no further step of the batch') });
export const resumeBatch = defineRoute({ operationId: 'resumeBatch', ...batchAction('resume', 'Go on with a paused batch') });
export const cancelBatch = defineRoute({
  operationId: 'cancelBatch',
  ...batchAction('cancel', 'End every task of the batch that has not ended'),
});
export const retryBatch = defineRoute({ operationId: 'retryBatch', ...batchAction('retry', 'Retry every failed task of the batch') });
