import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { batches, workflows } from './workflows.ts';

/** Runs a workflow on the same rows at the times of a cron pattern. */
export const schedules = pgTable(
  'schedules',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    workflowId: uuid('workflow_id').notNull(),
    name: text('name').notNull(),
    cron: text('cron').notNull(),
    timeZone: text('time_zone').notNull(),
    enabled: boolean('enabled').notNull(),
    /** The rows as the API takes them. */
    tasks: jsonb('tasks').$type<{ input: Record<string, unknown>; external_id?: string }[]>().notNull(),
    /** The time that comes next, or that has come and is not dealt with yet; null while it is off. */
    nextRunAt: moment('next_run_at'),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('schedules_workflow_idx').on(table.organizationId, table.workflowId, table.createdAt),
    index('schedules_due_idx').on(table.nextRunAt).where(sql`next_run_at is not null`),
    foreignKey({ columns: [table.organizationId, table.workflowId], foreignColumns: [workflows.organizationId, workflows.id] }),
  ],
);

/** One time of a schedule that has come, and the batch that it has created. */
export const scheduleRuns = pgTable(
  'schedule_runs',
  {
    organizationId: organizationId(),
    scheduleId: uuid('schedule_id').notNull(),
    plannedAt: moment('planned_at').notNull(),
    ranAt: moment('ran_at').notNull(),
    missed: integer('missed').notNull(),
    batchId: uuid('batch_id'),
    error: jsonb('error').$type<{ code: string; message: string }>(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.scheduleId, table.plannedAt] }),
    foreignKey({ columns: [table.organizationId, table.scheduleId], foreignColumns: [schedules.organizationId, schedules.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ columns: [table.organizationId, table.batchId], foreignColumns: [batches.organizationId, batches.id] }),
  ],
);
