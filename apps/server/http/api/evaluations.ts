import type { Evaluations } from '@pipelines/workflows';
import { CsvAnswer } from './csv-answer.ts';
import type { Handlers } from './route-table.ts';

export interface EvaluationsDependencies {
  readonly evaluations: Evaluations;
}

type DatasetOperation =
  | 'listDatasets'
  | 'createDataset'
  | 'createDatasetFromBatch'
  | 'getDataset'
  | 'listDatasetRows'
  | 'renameDataset'
  | 'deleteDataset';
type EvaluationOperation =
  | 'listEvaluations'
  | 'createEvaluation'
  | 'getEvaluation'
  | 'listEvaluationRows'
  | 'getEvaluationResults'
  | 'cancelEvaluation'
  | 'retryEvaluation';

export function datasetHandlers({ evaluations }: EvaluationsDependencies): Handlers<DatasetOperation> {
  return {
    listDatasets: ({ principal, query }) => evaluations.listDatasets(principal, query),
    createDataset: ({ principal, query, body }) =>
      body instanceof Uint8Array
        ? evaluations.createDatasetFromCsv(principal, query.name, body)
        : evaluations.createDataset(principal, body),
    createDatasetFromBatch: ({ principal, params, body }) => evaluations.createDatasetFromBatch(principal, params.id, body),
    getDataset: ({ principal, params }) => evaluations.getDataset(principal, params.id),
    listDatasetRows: ({ principal, params, query }) => evaluations.listDatasetRows(principal, params.id, query),
    renameDataset: ({ principal, params, body }) => evaluations.renameDataset(principal, params.id, body.name),
    deleteDataset: ({ principal, params }) => evaluations.deleteDataset(principal, params.id),
  };
}

export function evaluationHandlers({ evaluations }: EvaluationsDependencies): Handlers<EvaluationOperation> {
  return {
    listEvaluations: ({ principal, query }) => evaluations.listEvaluations(principal, query),
    createEvaluation: ({ principal, body, idempotencyKey }) => evaluations.createEvaluation(principal, body, idempotencyKey),
    getEvaluation: ({ principal, params }) => evaluations.getEvaluation(principal, params.id),
    listEvaluationRows: ({ principal, params, query }) => evaluations.listEvaluationRows(principal, params.id, query),
    async getEvaluationResults({ principal, params, query }) {
      if (query.format === 'json') return evaluations.readEvaluationResults(principal, params.id);
      return new CsvAnswer(await evaluations.exportEvaluationResults(principal, params.id), `evaluation-${params.id}.csv`);
    },
    cancelEvaluation: ({ principal, params }) => evaluations.cancelEvaluation(principal, params.id),
    retryEvaluation: ({ principal, params }) => evaluations.retryEvaluation(principal, params.id),
  };
}
