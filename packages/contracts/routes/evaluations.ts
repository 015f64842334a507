import { z } from 'zod';
import {
  createDatasetBodySchema,
  datasetFromBatchBodySchema,
  datasetPageSchema,
  datasetRowPageSchema,
  datasetRowsQuerySchema,
  datasetSchema,
  renameDatasetBodySchema,
} from '../evaluations/datasets.ts';
import {
  createEvaluationBodySchema,
  evaluationPageSchema,
  evaluationRowPageSchema,
  evaluationRowSchema,
  evaluationRowsQuerySchema,
  evaluationSchema,
} from '../evaluations/evaluations.ts';
import { id, pageQuery } from '../fields.ts';
import { defineRoute } from '../route.ts';

const tag = 'Evaluations';
const params = z.object({ id });

export const listDatasets = defineRoute({
  operationId: 'listDatasets',
  method: 'get',
  path: '/api/datasets',
  permission: 'workflows:read',
  summary: 'Datasets, newest first',
  tag,
  query: z.object(pageQuery),
  success: { status: 200, schema: datasetPageSchema },
});

/** JSON here; `text/csv` with a header line is taken at the same address, with the name as `?name=`. */
export const createDataset = defineRoute({
  operationId: 'createDataset',
  method: 'post',
  path: '/api/datasets',
  permission: 'workflows:write',
  summary: 'Keep 1 to 5,000 rows to evaluate with; in a CSV the columns expected.… are the expected values',
  tag,
  query: z.object({ name: z.string().max(120).optional() }),
  body: createDatasetBodySchema,
  csvBody: true,
  maxBodyBytes: 20_000_000,
  success: { status: 201, schema: datasetSchema },
  errors: ['rows_invalid'],
});

export const createDatasetFromBatch = defineRoute({
  operationId: 'createDatasetFromBatch',
  method: 'post',
  path: '/api/batches/{id}/dataset',
  permission: 'workflows:write',
  summary: 'Make a dataset of the finished tasks of a batch',
  tag,
  params,
  body: datasetFromBatchBodySchema,
  success: { status: 201, schema: datasetSchema },
  errors: ['conflict'],
});

export const getDataset = defineRoute({
  operationId: 'getDataset',
  method: 'get',
  path: '/api/datasets/{id}',
  permission: 'workflows:read',
  summary: 'A dataset without its rows',
  tag,
  params,
  success: { status: 200, schema: datasetSchema },
});

export const listDatasetRows = defineRoute({
  operationId: 'listDatasetRows',
  method: 'get',
  path: '/api/datasets/{id}/rows',
  permission: 'workflows:read',
  summary: 'Rows of a dataset in their order',
  tag,
  params,
  query: datasetRowsQuerySchema,
  success: { status: 200, schema: datasetRowPageSchema },
});

export const renameDataset = defineRoute({
  operationId: 'renameDataset',
  method: 'patch',
  path: '/api/datasets/{id}',
  permission: 'workflows:write',
  summary: 'Give a dataset another name; its rows never change',
  tag,
  params,
  body: renameDatasetBodySchema,
  success: { status: 200, schema: datasetSchema },
});

export const deleteDataset = defineRoute({
  operationId: 'deleteDataset',
  method: 'delete',
  path: '/api/datasets/{id}',
  permission: 'workflows:write',
  summary: 'Delete a dataset that no evaluation uses',
  tag,
  params,
  success: { status: 204 },
  errors: ['conflict'],
});

export const listEvaluations = defineRoute({
  operationId: 'listEvaluations',
  method: 'get',
  path: '/api/evaluations',
  permission: 'workflows:read',
  summary: 'Evaluations, newest first',
  tag,
  query: z.object(pageQuery),
  success: { status: 200, schema: evaluationPageSchema },
});

export const createEvaluation = defineRoute({
  operationId: 'createEvaluation',
  method: 'post',
  path: '/api/evaluations',
  permission: 'workflows:write',
  summary: 'Run a dataset through two to four candidates and check what comes out; Idempotency-Key is honoured',
  tag,
  body: createEvaluationBodySchema,
  success: { status: 202, schema: evaluationSchema },
  errors: ['workflow_incomplete', 'rows_invalid', 'model_not_found', 'model_inactive'],
});

export const getEvaluation = defineRoute({
  operationId: 'getEvaluation',
  method: 'get',
  path: '/api/evaluations/{id}',
  permission: 'workflows:read',
  summary: 'Quality, cost and latency of each candidate, and how they compare',
  tag,
  params,
  success: { status: 200, schema: evaluationSchema },
});

export const listEvaluationRows = defineRoute({
  operationId: 'listEvaluationRows',
  method: 'get',
  path: '/api/evaluations/{id}/rows',
  permission: 'workflows:read',
  summary: 'Rows side by side, in their order; `filter=differ` for those on which the candidates differ',
  tag,
  params,
  query: evaluationRowsQuerySchema,
  success: { status: 200, schema: evaluationRowPageSchema },
});

export const getEvaluationResults = defineRoute({
  operationId: 'getEvaluationResults',
  method: 'get',
  path: '/api/evaluations/{id}/results',
  permission: 'workflows:read',
  summary: 'Every row with every output and check; `format=csv` for a spreadsheet',
  tag,
  params,
  query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
  success: { status: 200, schema: z.object({ data: z.array(evaluationRowSchema) }), csv: true },
});

export const cancelEvaluation = defineRoute({
  operationId: 'cancelEvaluation',
  method: 'post',
  path: '/api/evaluations/{id}/cancel',
  permission: 'workflows:write',
  summary: 'End every task of it that has not ended; calls that are out are canceled at the providers',
  tag,
  params,
  success: { status: 200, schema: evaluationSchema },
  errors: ['conflict'],
});

export const retryEvaluation = defineRoute({
  operationId: 'retryEvaluation',
  method: 'post',
  path: '/api/evaluations/{id}/retry',
  permission: 'workflows:write',
  summary: 'Retry every failed task of a finished evaluation, and check it again',
  tag,
  params,
  success: { status: 200, schema: evaluationSchema },
  errors: ['conflict'],
});
