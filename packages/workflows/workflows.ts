import type {
  Batch,
  BatchEvent,
  BatchResult,
  ConcurrencyLimit,
  createdBatchSchema,
  createScheduleBodySchema,
  createTasksBodySchema,
  createWorkflowBodySchema,
  ModelChange,
  ModelImpact,
  Principal,
  publishBodySchema,
  Repoint,
  RepointEntry,
  repointBodySchema,
  reviewBodySchema,
  Schedule,
  ScheduleDetail,
  TaskDetail,
  TaskEvent,
  TryEvent,
  TryStepBody,
  taskListQuerySchema,
  taskPageSchema,
  UndoneRepoint,
  updateScheduleBodySchema,
  updateWorkflowBodySchema,
  Workflow,
  WorkflowVersion,
  workflowListQuerySchema,
  workflowPageSchema,
  workflowVersionDetailSchema,
} from '@pipelines/contracts';
import type { z } from 'zod';
import type { LimitSubject } from './limits/concurrency-limits.ts';
import type { Watching } from './live/watch-loop.ts';
import type { CreateTasksOptions } from './tasks/task-row.ts';

type Page<Schema extends z.ZodType> = Promise<z.infer<Schema>>;

/**
 * Everything that people and programs do with workflows. Takes checked bodies, answers in the shapes of the API,
 * throws `PipelinesError`; what belongs to another organization is `not_found`.
 */
export interface Workflows {
  createWorkflow(principal: Principal, body: z.output<typeof createWorkflowBodySchema>): Promise<Workflow>;
  listWorkflows(principal: Principal, query: z.output<typeof workflowListQuerySchema>): Page<typeof workflowPageSchema>;
  getWorkflow(principal: Principal, id: string): Promise<Workflow>;
  /** @throws PipelinesError `conflict` */
  updateWorkflow(principal: Principal, id: string, body: z.output<typeof updateWorkflowBodySchema>): Promise<Workflow>;
  /** @throws PipelinesError `workflow_incomplete`, `conflict` */
  publishWorkflow(principal: Principal, id: string, body: z.output<typeof publishBodySchema>): Promise<Workflow>;
  /** @throws PipelinesError `conflict` */
  pauseWorkflow(principal: Principal, id: string): Promise<Workflow>;
  /** @throws PipelinesError `conflict` */
  resumeWorkflow(principal: Principal, id: string): Promise<Workflow>;
  archiveWorkflow(principal: Principal, id: string): Promise<Workflow>;

  listVersions(principal: Principal, workflowId: string): Promise<{ data: WorkflowVersion[] }>;
  getVersion(principal: Principal, workflowId: string, version: number): Page<typeof workflowVersionDetailSchema>;

  /** @throws PipelinesError `rows_invalid`, `workflow_not_active`, `model_not_allowed` */
  createTasks(
    principal: Principal,
    workflowId: string,
    body: z.output<typeof createTasksBodySchema>,
    options: CreateTasksOptions,
  ): Page<typeof createdBatchSchema>;
  /** The same from the bytes of a CSV. @throws PipelinesError `invalid_request` for one that cannot be read, and those of `createTasks` */
  createTasksFromCsv(
    principal: Principal,
    workflowId: string,
    csv: Uint8Array,
    options: CreateTasksOptions,
  ): Page<typeof createdBatchSchema>;
  listTasks(principal: Principal, workflowId: string, query: z.output<typeof taskListQuerySchema>): Page<typeof taskPageSchema>;
  getTask(principal: Principal, id: string): Promise<TaskDetail>;
  /** @throws PipelinesError `conflict` */
  cancelTask(principal: Principal, id: string): Promise<TaskDetail>;
  /** @throws PipelinesError `conflict` */
  retryTask(principal: Principal, id: string): Promise<TaskDetail>;
  /** A task as it changes. @throws PipelinesError before it begins */
  watchTask(principal: Principal, id: string): Promise<Watching<TaskEvent>>;
  watchBatch(principal: Principal, id: string): Promise<Watching<BatchEvent>>;
  /** Runs an LLM step on samples; failures are events. */
  tryStep(principal: Principal, body: TryStepBody, tell: (event: TryEvent) => void, signal: AbortSignal): Promise<void>;
  /** @throws PipelinesError `conflict` */
  regenerateStep(principal: Principal, stepRunId: string): Promise<TaskDetail>;
  /** @throws PipelinesError `conflict` */
  reviewStep(principal: Principal, stepRunId: string, body: z.output<typeof reviewBodySchema>): Promise<TaskDetail>;

  /** Whom a change of a model would affect, before it is made. @throws PipelinesError `model_not_found` */
  readImpact(principal: Principal, slug: string, change: ModelChange): Promise<ModelImpact>;
  /** Points the users of a model to another one. @throws PipelinesError `model_not_found`, `model_inactive`, `model_not_allowed` */
  repointModel(principal: Principal, slug: string, body: z.output<typeof repointBodySchema>): Promise<Repoint>;
  listRepoints(principal: Principal, slug: string): Promise<{ data: RepointEntry[] }>;
  /** @throws PipelinesError `conflict` */
  undoRepoint(principal: Principal, slug: string, id: string): Promise<UndoneRepoint>;

  listBatches(principal: Principal, workflowId: string): Promise<{ data: Batch[] }>;
  getBatch(principal: Principal, id: string): Promise<Batch>;
  readBatchResults(principal: Principal, id: string): Promise<{ data: BatchResult[] }>;
  /** As the text of a CSV. */
  exportBatchResults(principal: Principal, id: string): Promise<string>;
  /** @throws PipelinesError `conflict`, as the three after it */
  pauseBatch(principal: Principal, id: string): Promise<Batch>;
  resumeBatch(principal: Principal, id: string): Promise<Batch>;
  cancelBatch(principal: Principal, id: string): Promise<Batch>;
  retryBatch(principal: Principal, id: string): Promise<Batch>;

  listSchedules(principal: Principal, workflowId: string): Promise<{ data: Schedule[] }>;
  /** @throws PipelinesError `invalid_request`, `rows_invalid`, `workflow_not_active`, `model_not_allowed`, `conflict` */
  createSchedule(principal: Principal, workflowId: string, body: z.output<typeof createScheduleBodySchema>): Promise<ScheduleDetail>;
  getSchedule(principal: Principal, id: string): Promise<ScheduleDetail>;
  /** @throws PipelinesError `invalid_request`, `rows_invalid`, `workflow_not_active`, `model_not_allowed` */
  updateSchedule(principal: Principal, id: string, body: z.output<typeof updateScheduleBodySchema>): Promise<ScheduleDetail>;
  deleteSchedule(principal: Principal, id: string): Promise<void>;

  /** @throws PipelinesError `model_not_found` */
  getConcurrencyLimit(principal: Principal, subject: LimitSubject): Promise<ConcurrencyLimit>;
  /** @throws PipelinesError `model_not_found` */
  setConcurrencyLimit(principal: Principal, subject: LimitSubject, limit: ConcurrencyLimit): Promise<ConcurrencyLimit>;
}
