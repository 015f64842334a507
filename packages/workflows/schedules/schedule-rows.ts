import { PipelinesError, type Schedule, type ScheduleRun } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, desc, eq, sql } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';

const { schedules, scheduleRuns, batches } = schema;
export type ScheduleRow = typeof schedules.$inferSelect;

const runsListed = 10;

export function isSchedule({ organizationId, id }: Pick<ScheduleRow, 'organizationId' | 'id'>) {
  return and(eq(schedules.organizationId, organizationId), eq(schedules.id, id));
}

/**
 * Locked, nobody else changes it until the transaction ends.
 * @throws PipelinesError `not_found`, for another organization's too
 */
export async function findSchedule(
  db: Queries | Transaction,
  organizationId: string,
  id: string,
  { lock = false } = {},
): Promise<ScheduleRow> {
  const query = db
    .select()
    .from(schedules)
    .where(isSchedule({ organizationId, id: requireRowId(id) }))
    .$dynamic();
  const [row] = await (lock ? query.for('no key update') : query);
  if (!row) throw new PipelinesError('not_found', { detail: 'There is no such schedule.' });
  return row;
}

/** A schedule as a list shows it. `rows` is counted where the rows themselves are not read. */
export async function presentSchedule(
  db: Queries | Transaction,
  row: Omit<ScheduleRow, 'tasks'> & { readonly rows: number },
): Promise<Schedule> {
  return {
    id: row.id,
    workflow_id: row.workflowId,
    name: row.name,
    cron: row.cron,
    time_zone: row.timeZone,
    enabled: row.enabled,
    rows: row.rows,
    next_run_at: row.nextRunAt?.toISOString() ?? null,
    last_runs: await listRuns(db, row),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

async function listRuns(
  db: Queries | Transaction,
  { organizationId, id }: Pick<ScheduleRow, 'organizationId' | 'id'>,
): Promise<ScheduleRun[]> {
  const rows = await db
    .select({ run: scheduleRuns, batch: { id: batches.id, name: batches.name, state: batches.state, total: batches.total } })
    .from(scheduleRuns)
    .leftJoin(batches, and(eq(batches.organizationId, scheduleRuns.organizationId), eq(batches.id, scheduleRuns.batchId)))
    .where(and(eq(scheduleRuns.organizationId, organizationId), eq(scheduleRuns.scheduleId, id)))
    .orderBy(desc(scheduleRuns.plannedAt))
    .limit(runsListed);
  return rows.map(({ run, batch }) => ({
    planned_at: run.plannedAt.toISOString(),
    ran_at: run.ranAt.toISOString(),
    missed: run.missed,
    batch,
    error: run.error,
  }));
}

/** The columns of a list: rows may be large, and only their number is read. */
export const scheduleHead = {
  organizationId: schedules.organizationId,
  id: schedules.id,
  workflowId: schedules.workflowId,
  name: schedules.name,
  cron: schedules.cron,
  timeZone: schedules.timeZone,
  enabled: schedules.enabled,
  nextRunAt: schedules.nextRunAt,
  createdBy: schedules.createdBy,
  createdAt: schedules.createdAt,
  updatedAt: schedules.updatedAt,
  rows: sql<number>`jsonb_array_length(${schedules.tasks})`,
};
