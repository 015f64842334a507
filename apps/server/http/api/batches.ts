import { CsvAnswer } from './csv-answer.ts';
import { EventAnswer } from './event-answer.ts';
import type { Handlers } from './route-table.ts';
import type { WorkflowsDependencies } from './workflows.ts';

type BatchOperation =
  | 'listBatches'
  | 'getBatch'
  | 'watchBatch'
  | 'getBatchResults'
  | 'pauseBatch'
  | 'resumeBatch'
  | 'cancelBatch'
  | 'retryBatch';

export function batchHandlers({ workflows }: WorkflowsDependencies): Handlers<BatchOperation> {
  return {
    listBatches: ({ principal, params }) => workflows.listBatches(principal, params.id),
    getBatch: ({ principal, params }) => workflows.getBatch(principal, params.id),
    watchBatch: async ({ principal, params }) => new EventAnswer('watch', await workflows.watchBatch(principal, params.id)),
    async getBatchResults({ principal, params, query }) {
      if (query.format === 'json') return workflows.readBatchResults(principal, params.id);
      return new CsvAnswer(await workflows.exportBatchResults(principal, params.id), `batch-${params.id}.csv`);
    },
    pauseBatch: ({ principal, params }) => workflows.pauseBatch(principal, params.id),
    resumeBatch: ({ principal, params }) => workflows.resumeBatch(principal, params.id),
    cancelBatch: ({ principal, params }) => workflows.cancelBatch(principal, params.id),
    retryBatch: ({ principal, params }) => workflows.retryBatch(principal, params.id),
  };
}
