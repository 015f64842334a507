import { deleteDataset, renameDataset } from './datasets/change-dataset.ts';
import { createDataset, createDatasetFromBatch, createDatasetFromCsv } from './datasets/create-dataset.ts';
import { readDataset } from './datasets/dataset-view.ts';
import { listDatasetRows, listDatasets } from './datasets/list-datasets.ts';
import { cancelEvaluation, retryEvaluation } from './evaluations/change-evaluation.ts';
import { createEvaluation } from './evaluations/create-evaluation.ts';
import { readEvaluation } from './evaluations/evaluation-view.ts';
import { exportEvaluationResults, readEvaluationResults } from './evaluations/export-results.ts';
import { listEvaluationRows } from './evaluations/list-evaluation-rows.ts';
import { listEvaluations } from './evaluations/list-evaluations.ts';
import type { Evaluations } from './evaluations.ts';
import type { WorkflowsContext } from './workflows-context.ts';

export function createEvaluations(context: WorkflowsContext): Evaluations {
  const { db } = context.database;
  return {
    listDatasets: (principal, query) => listDatasets(context, principal, query),
    createDataset: (principal, body) => createDataset(context, principal, body),
    createDatasetFromCsv: (principal, name, csv) => createDatasetFromCsv(context, principal, name, csv),
    createDatasetFromBatch: (principal, batchId, body) => createDatasetFromBatch(context, principal, batchId, body),
    getDataset: ({ organizationId }, id) => readDataset(db, organizationId, id),
    listDatasetRows: (principal, id, query) => listDatasetRows(context, principal, id, query),
    renameDataset: (principal, id, name) => renameDataset(context, principal, id, name),
    deleteDataset: (principal, id) => deleteDataset(context, principal, id),
    listEvaluations: (principal, query) => listEvaluations(context, principal, query),
    createEvaluation: (principal, body, idempotencyKey) => createEvaluation(context, principal, body, idempotencyKey),
    getEvaluation: ({ organizationId }, id) => readEvaluation(db, organizationId, id),
    listEvaluationRows: (principal, id, query) => listEvaluationRows(context, principal, id, query),
    readEvaluationResults: (principal, id) => readEvaluationResults(context, principal, id),
    exportEvaluationResults: (principal, id) => exportEvaluationResults(context, principal, id),
    cancelEvaluation: (principal, id) => cancelEvaluation(context, principal, id),
    retryEvaluation: (principal, id) => retryEvaluation(context, principal, id),
  };
}
