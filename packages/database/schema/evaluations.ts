import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';
import { batches, workflows } from './workflows.ts';

/** Rows to evaluate with. Immutable but for the name. */
export const datasets = pgTable(
  'datasets',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    rows: integer('rows').notNull(),
    /** Names that occur in the rows. */
    inputs: jsonb('inputs').$type<string[]>().notNull(),
    expected: jsonb('expected').$type<string[]>().notNull(),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('datasets_created_idx').on(table.organizationId, table.createdAt.desc(), table.id.desc()),
  ],
);

export const datasetRows = pgTable(
  'dataset_rows',
  {
    organizationId: organizationId(),
    datasetId: uuid('dataset_id').notNull(),
    /** From 1. */
    row: integer('row').notNull(),
    externalId: text('external_id'),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    expected: jsonb('expected').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.datasetId, table.row] }),
    foreignKey({
      columns: [table.organizationId, table.datasetId],
      foreignColumns: [datasets.organizationId, datasets.id],
    }).onDelete('cascade'),
  ],
);

/** One comparison. The workflow with the same ID holds the graphs that it runs. */
export const evaluations = pgTable(
  'evaluations',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    /** The workflow that is evaluated. */
    workflowId: uuid('workflow_id').notNull(),
    datasetId: uuid('dataset_id').notNull(),
    rows: integer('rows').notNull(),
    checks: jsonb('checks').notNull(),
    state: text('state').$type<'running' | 'finished' | 'canceled'>().notNull().default('running'),
    /** The caller's `Idempotency-Key`: the same key gives the same evaluation. */
    idempotencyKey: text('idempotency_key'),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Null while something is left to do: tasks, checks, or the end of canceled tasks. */
    finishedAt: moment('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('evaluations_idempotency_key').on(table.organizationId, table.idempotencyKey),
    index('evaluations_created_idx').on(table.organizationId, table.createdAt.desc(), table.id.desc()),
    index('evaluations_dataset_idx').on(table.organizationId, table.datasetId),
    index('evaluations_open_idx').on(table.createdAt).where(sql`finished_at is null`),
    foreignKey({ columns: [table.organizationId, table.id], foreignColumns: [workflows.organizationId, workflows.id] }),
    foreignKey({ columns: [table.organizationId, table.workflowId], foreignColumns: [workflows.organizationId, workflows.id] }),
    foreignKey({
      name: 'evaluations_dataset_fk',
      columns: [table.organizationId, table.datasetId],
      foreignColumns: [datasets.organizationId, datasets.id],
    }),
    check('evaluations_state_check', sql`${table.state} in ('running', 'finished', 'canceled')`),
  ],
);

export const evaluationCandidates = pgTable(
  'evaluation_candidates',
  {
    organizationId: organizationId(),
    evaluationId: uuid('evaluation_id').notNull(),
    /** From 1; also the version of the evaluation's own workflow that it runs. */
    candidate: integer('candidate').notNull(),
    label: text('label').notNull(),
    /** The published version that it was made of. */
    version: integer('version').notNull(),
    replacements: jsonb('replacements').$type<{ step: string | null; model: string }[]>().notNull(),
    batchId: uuid('batch_id').notNull(),
    /** Of the finished evaluation, for lists: 0 to 1. */
    passRate: doublePrecision('pass_rate'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.evaluationId, table.candidate] }),
    foreignKey({
      name: 'evaluation_candidates_evaluation_fk',
      columns: [table.organizationId, table.evaluationId],
      foreignColumns: [evaluations.organizationId, evaluations.id],
    }),
    foreignKey({
      name: 'evaluation_candidates_batch_fk',
      columns: [table.organizationId, table.batchId],
      foreignColumns: [batches.organizationId, batches.id],
    }),
  ],
);

/** Batches in which a judge looks at what a candidate has answered: one for each judging check, more after a retry. */
export const evaluationJudgings = pgTable(
  'evaluation_judgings',
  {
    organizationId: organizationId(),
    evaluationId: uuid('evaluation_id').notNull(),
    candidate: integer('candidate').notNull(),
    checkName: text('check_name').notNull(),
    batchId: uuid('batch_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.batchId] }),
    index('evaluation_judgings_evaluation_idx').on(table.organizationId, table.evaluationId, table.candidate, table.checkName),
    foreignKey({
      name: 'evaluation_judgings_candidate_fk',
      columns: [table.organizationId, table.evaluationId, table.candidate],
      foreignColumns: [evaluationCandidates.organizationId, evaluationCandidates.evaluationId, evaluationCandidates.candidate],
    }),
    foreignKey({
      name: 'evaluation_judgings_batch_fk',
      columns: [table.organizationId, table.batchId],
      foreignColumns: [batches.organizationId, batches.id],
    }),
  ],
);

/** What one check says of one row of one candidate: written once. */
export const checkResults = pgTable(
  'check_results',
  {
    organizationId: organizationId(),
    evaluationId: uuid('evaluation_id').notNull(),
    candidate: integer('candidate').notNull(),
    row: integer('row').notNull(),
    checkName: text('check_name').notNull(),
    outcome: text('outcome').$type<'pass' | 'fail' | 'unknown'>().notNull(),
    /** Points of a judge. */
    score: integer('score'),
    detail: text('detail').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.evaluationId, table.candidate, table.row, table.checkName] }),
    foreignKey({
      name: 'check_results_candidate_fk',
      columns: [table.organizationId, table.evaluationId, table.candidate],
      foreignColumns: [evaluationCandidates.organizationId, evaluationCandidates.evaluationId, evaluationCandidates.candidate],
    }),
    check('check_results_outcome_check', sql`${table.outcome} in ('pass', 'fail', 'unknown')`),
  ],
);
