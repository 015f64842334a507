import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** What is built in the Pipeline Builder: the draft, and which version is published. Graphs are checked by the contracts' schema. */
export const workflows = pgTable(
  'workflows',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    state: text('state').$type<'draft' | 'active' | 'paused' | 'archived'>().notNull().default('draft'),
    /** Counts edits of the draft. */
    revision: integer('revision').notNull().default(0),
    /** `json` keeps the order of keys, which is the order in which a model fills in a JSON schema. */
    draft: json('draft').notNull(),
    publishedVersion: integer('published_version'),
    /** The revision that the published version was made of. */
    publishedRevision: integer('published_revision'),
    /** It holds the graphs that the evaluation with the same ID runs: nobody edits, publishes or lists it. */
    ofEvaluation: boolean('of_evaluation').notNull().default(false),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('workflows_updated_idx').on(table.organizationId, table.updatedAt.desc(), table.id),
    check('workflows_state_check', sql`${table.state} in ('draft', 'active', 'paused', 'archived')`),
  ],
);

/** Immutable: what a task runs. */
export const workflowVersions = pgTable(
  'workflow_versions',
  {
    organizationId: organizationId(),
    workflowId: uuid('workflow_id').notNull(),
    version: integer('version').notNull(),
    graph: json('graph').notNull(),
    note: text('note').notNull().default(''),
    publishedBy: uuid('published_by'),
    publishedAt: moment('published_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.workflowId, table.version] }),
    foreignKey({ columns: [table.organizationId, table.workflowId], foreignColumns: [workflows.organizationId, workflows.id] }),
  ],
);

/** Tasks that came in one call. */
export const batches = pgTable(
  'batches',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    workflowId: uuid('workflow_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    state: text('state').$type<'running' | 'paused' | 'finished' | 'canceled'>().notNull().default('running'),
    total: integer('total').notNull(),
    /** The caller's `Idempotency-Key`: the same key gives the same batch. */
    idempotencyKey: text('idempotency_key'),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('batches_idempotency_key').on(table.organizationId, table.workflowId, table.idempotencyKey),
    index('batches_running_idx').on(table.createdAt).where(sql`state = 'running'`),
    index('batches_workflow_idx').on(table.organizationId, table.workflowId, table.createdAt.desc()),
    foreignKey({
      columns: [table.organizationId, table.workflowId, table.version],
      foreignColumns: [workflowVersions.organizationId, workflowVersions.workflowId, workflowVersions.version],
    }),
  ],
);

const taskStates = sql.raw("('pending', 'in_progress', 'paused', 'finished', 'escalated', 'quarantined', 'failed', 'canceled')");

/** One row flowing through a workflow. */
export const tasks = pgTable(
  'tasks',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    workflowId: uuid('workflow_id').notNull(),
    version: integer('version').notNull(),
    batchId: uuid('batch_id'),
    /** Its row in the batch, from 1. */
    row: integer('row'),
    externalId: text('external_id'),
    state: text('state')
      .$type<'pending' | 'in_progress' | 'paused' | 'finished' | 'escalated' | 'quarantined' | 'failed' | 'canceled'>()
      .notNull()
      .default('pending'),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    output: jsonb('output'),
    error: jsonb('error').$type<{ code: string; message: string; step: string | null; slug: string | null }>(),
    /** The engine's lane that drives it right now; null while nobody does. */
    lane: text('lane'),
    /** The model whose limit holds it back: it waits, unclaimed, until one of that model's calls ends. */
    waitsFor: text('waits_for'),
    createdAt: moment('created_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('tasks_pending_idx').on(table.organizationId, table.batchId, table.waitsFor, table.row).where(sql`state = 'pending'`),
    index('tasks_parked_idx').on(table.organizationId, table.workflowId).where(sql`state = 'in_progress' and lane is null`),
    index('tasks_lane_idx').on(table.lane).where(sql`lane is not null`),
    index('tasks_workflow_idx').on(table.organizationId, table.workflowId, table.createdAt.desc(), table.id.desc()),
    index('tasks_state_idx').on(table.organizationId, table.workflowId, table.state, table.createdAt.desc(), table.id.desc()),
    index('tasks_batch_idx').on(table.organizationId, table.batchId, table.state),
    index('tasks_open_idx').on(table.state, table.createdAt).where(sql`state in ('pending', 'in_progress')`),
    foreignKey({ columns: [table.organizationId, table.batchId], foreignColumns: [batches.organizationId, batches.id] }),
    foreignKey({
      columns: [table.organizationId, table.workflowId, table.version],
      foreignColumns: [workflowVersions.organizationId, workflowVersions.workflowId, workflowVersions.version],
    }),
    check('tasks_state_check', sql`${table.state} in ${taskStates}`),
  ],
);

/**
 * One run of one step of a task: the memo of the engine. A finished run is never made again. A start and an end that have
 * finished have no row: the task's tells of them.
 */
export const stepRuns = pgTable(
  'step_runs',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    taskId: uuid('task_id').notNull(),
    /** The step's name in the graph. */
    step: text('step').notNull(),
    kind: text('kind').notNull(),
    /** Counts runs of the same step in the same task, from 1. */
    generation: integer('generation').notNull(),
    /** How many failed reviews have led back over this step before this run. */
    round: integer('round').notNull().default(0),
    /** How often this run was begun: once, and once more for each worker that died in it. */
    tries: integer('tries').notNull().default(1),
    trigger: text('trigger').$type<'auto' | 'user' | 'admin'>().notNull().default('auto'),
    /** A step before it, or this one, has been regenerated: it is kept, and counts no more. */
    superseded: boolean('superseded').notNull().default(false),
    state: text('state').$type<'running' | 'waiting' | 'finished' | 'failed' | 'skipped'>().notNull(),
    input: jsonb('input'),
    output: jsonb('output'),
    port: text('port'),
    error: jsonb('error').$type<{ code: string; message: string; step: string | null; slug: string | null }>(),
    thinking: text('thinking'),
    /** Sent to providers that take one, the same for each try of this run. */
    idempotencyKey: uuid('idempotency_key').notNull(),
    /** Known costs of its calls, USD. */
    cost: numeric('cost').notNull().default('0'),
    /** Calls whose cost is missing from it. */
    unknownCostCalls: integer('unknown_cost_calls').notNull().default(0),
    startedAt: moment('started_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('step_runs_generation_key').on(table.organizationId, table.taskId, table.step, table.generation),
    foreignKey({ columns: [table.organizationId, table.taskId], foreignColumns: [tasks.organizationId, tasks.id] }),
    check('step_runs_state_check', sql`${table.state} in ('running', 'waiting', 'finished', 'failed', 'skipped')`),
  ],
);
