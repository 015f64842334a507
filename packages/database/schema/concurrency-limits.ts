import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { organizationId } from './columns.ts';
import { organizations } from './organizations.ts';
import { tasks, workflows } from './workflows.ts';

/** How much may run at a time over all processes: of the whole organization (neither named), of a workflow, or on a model. */
export const concurrencyLimits = pgTable(
  'concurrency_limits',
  {
    organizationId: organizationId().references(() => organizations.id),
    workflowId: uuid('workflow_id'),
    /** Of a model, platform or custom. */
    slug: text('slug'),
    /** Tasks at a time; of a model, LLM steps. */
    atMost: integer('at_most').notNull(),
  },
  (table) => [
    unique('concurrency_limits_key').on(table.organizationId, table.workflowId, table.slug).nullsNotDistinct(),
    foreignKey({ columns: [table.organizationId, table.workflowId], foreignColumns: [workflows.organizationId, workflows.id] }),
    check('concurrency_limits_subject_check', sql`${table.workflowId} is null or ${table.slug} is null`),
    check('concurrency_limits_at_most_check', sql`${table.atMost} > 0`),
  ],
);

/** The runs that call a model with a limit right now. A row counts while the lane that wrote it drives the task. */
export const modelSlots = pgTable(
  'model_slots',
  {
    organizationId: organizationId(),
    stepRunId: uuid('step_run_id').notNull(),
    taskId: uuid('task_id').notNull(),
    slug: text('slug').notNull(),
    lane: text('lane').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.stepRunId] }),
    index('model_slots_slug_idx').on(table.organizationId, table.slug),
    index('model_slots_task_idx').on(table.organizationId, table.taskId),
    foreignKey({ columns: [table.organizationId, table.taskId], foreignColumns: [tasks.organizationId, tasks.id] }),
  ],
);
