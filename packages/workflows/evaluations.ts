import type {
  createDatasetBodySchema,
  createEvaluationBodySchema,
  Dataset,
  datasetFromBatchBodySchema,
  datasetPageSchema,
  datasetRowPageSchema,
  datasetRowsQuerySchema,
  Evaluation,
  EvaluationRow,
  evaluationPageSchema,
  evaluationRowPageSchema,
  evaluationRowsQuerySchema,
  Principal,
} from '@pipelines/contracts';
import type { z } from 'zod';

type PageQuery = z.output<typeof datasetRowsQuerySchema>;
type Answer<Schema extends z.ZodType> = Promise<z.infer<Schema>>;

/**
 * Which model, which version: datasets, and workflows run over them side by side. Takes checked bodies, answers in the
 * shapes of the API, throws `PipelinesError`; what belongs to another organization is `not_found`.
 */
export interface Evaluations {
  listDatasets(principal: Principal, query: PageQuery): Answer<typeof datasetPageSchema>;
  /** @throws PipelinesError `rows_invalid` */
  createDataset(principal: Principal, body: z.output<typeof createDatasetBodySchema>): Promise<Dataset>;
  /** @throws PipelinesError `invalid_request`, `rows_invalid` */
  createDatasetFromCsv(principal: Principal, name: string | undefined, csv: Uint8Array): Promise<Dataset>;
  /** @throws PipelinesError `conflict` */
  createDatasetFromBatch(principal: Principal, batchId: string, body: z.output<typeof datasetFromBatchBodySchema>): Promise<Dataset>;
  getDataset(principal: Principal, id: string): Promise<Dataset>;
  listDatasetRows(principal: Principal, id: string, query: PageQuery): Answer<typeof datasetRowPageSchema>;
  renameDataset(principal: Principal, id: string, name: string): Promise<Dataset>;
  /** @throws PipelinesError `conflict` */
  deleteDataset(principal: Principal, id: string): Promise<void>;

  listEvaluations(principal: Principal, query: PageQuery): Answer<typeof evaluationPageSchema>;
  /** @throws PipelinesError `workflow_incomplete`, `rows_invalid`, `model_not_found`, `model_inactive`, `model_not_allowed`, `invalid_request` */
  createEvaluation(
    principal: Principal,
    body: z.output<typeof createEvaluationBodySchema>,
    idempotencyKey: string | null,
  ): Promise<Evaluation>;
  getEvaluation(principal: Principal, id: string): Promise<Evaluation>;
  listEvaluationRows(
    principal: Principal,
    id: string,
    query: z.output<typeof evaluationRowsQuerySchema>,
  ): Answer<typeof evaluationRowPageSchema>;
  readEvaluationResults(principal: Principal, id: string): Promise<{ data: EvaluationRow[] }>;
  /** As the text of a CSV. */
  exportEvaluationResults(principal: Principal, id: string): Promise<string>;
  /** @throws PipelinesError `conflict` */
  cancelEvaluation(principal: Principal, id: string): Promise<Evaluation>;
  /** @throws PipelinesError `conflict` */
  retryEvaluation(principal: Principal, id: string): Promise<Evaluation>;
}
