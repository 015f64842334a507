import { nextTimes, PipelinesError, type Principal } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import { batchOfKey } from '../batches/batch-of-key.ts';
import { createTasks } from '../tasks/create-tasks.ts';
import { readJsonRows } from '../tasks/read-json-rows.ts';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { isSchedule, type ScheduleRow } from './schedule-rows.ts';

const { schedules, scheduleRuns } = schema;
type RunError = NonNullable<(typeof scheduleRuns.$inferSelect)['error']>;

const dueAtOnce = 20;
/** Counting on would hold up the process, and says no more. */
const maxMissed = 100;
const runsKept = 100;

/**
 * Creates the batch of every schedule whose time has come. Any number of processes may do this at the same time, and
 * any of them may die in it: a time of a schedule is the idempotency key of its batch. Answers how many were due.
 */
export async function runDueSchedules(context: WorkflowsContext, now: Date): Promise<number> {
  const due = await context.database.db
    .select()
    .from(schedules)
    .where(lte(schedules.nextRunAt, now))
    .orderBy(asc(schedules.nextRunAt))
    .limit(dueAtOnce);
  for (const schedule of due) if (schedule.nextRunAt !== null) await runSchedule(context, schedule, schedule.nextRunAt, now);
  return due.length;
}

async function runSchedule(context: WorkflowsContext, schedule: ScheduleRow, plannedAt: Date, ranAt: Date): Promise<void> {
  const { missed, nextRunAt } = findNext(schedule, plannedAt, ranAt);
  const { batchId, error } = await createBatch(context, schedule, plannedAt);
  const { organizationId, id: scheduleId } = schedule;
  await context.database.db.transaction(async (tx) => {
    const known = await tx.select({ id: schedules.id }).from(schedules).where(isSchedule(schedule)).for('no key update');
    // Removed meanwhile.
    if (known.length === 0) return;
    await tx
      .insert(scheduleRuns)
      .values({ organizationId, scheduleId, plannedAt, ranAt, missed, batchId, error })
      .onConflictDoUpdate({
        target: [scheduleRuns.organizationId, scheduleRuns.scheduleId, scheduleRuns.plannedAt],
        set: { batchId, error },
        setWhere: isNull(scheduleRuns.batchId),
      });
    // Another process may be ahead, or somebody has changed its times.
    await tx
      .update(schedules)
      .set({ nextRunAt })
      .where(and(isSchedule(schedule), eq(schedules.nextRunAt, plannedAt)));
    await tx.execute(sql`
      delete from schedule_runs where organization_id = ${organizationId} and schedule_id = ${scheduleId} and planned_at < (
        select planned_at from schedule_runs where organization_id = ${organizationId} and schedule_id = ${scheduleId}
        order by planned_at desc offset ${runsKept - 1} limit 1)`);
  });
}

/** One run stands for all the times that passed while nobody was there. */
function findNext(
  { cron, timeZone }: ScheduleRow,
  plannedAt: Date,
  now: Date,
): { readonly missed: number; readonly nextRunAt: Date | null } {
  const [next = null] = nextTimes(cron, timeZone, 1, plannedAt);
  if (next === null || next > now) return { missed: 0, nextRunAt: next };
  const passed = nextTimes(cron, timeZone, maxMissed, plannedAt).filter((time) => time <= now);
  return { missed: passed.length, nextRunAt: nextTimes(cron, timeZone, 1, now)[0] ?? null };
}

/** What stands in its way is told of the run, and the next time is waited for. */
async function createBatch(
  context: WorkflowsContext,
  schedule: ScheduleRow,
  plannedAt: Date,
): Promise<{ readonly batchId: string | null; readonly error: RunError | null }> {
  const { organizationId, id, workflowId, tasks } = schedule;
  const principal: Principal = { organizationId, actor: { type: 'system', id: null }, role: 'builder', allowedModels: null };
  const options = { name: batchName(schedule, plannedAt), idempotencyKey: `schedule:${id}:${plannedAt.toISOString()}` };
  // Its rows may have been edited since: what was made for this time stands.
  const earlier = await batchOfKey(context.database.db, { organizationId, id: workflowId }, options.idempotencyKey);
  if (earlier !== null) return { batchId: earlier.id, error: null };
  try {
    await requireRunning(context, schedule);
    const { batch } = await createTasks(context, principal, workflowId, (fields) => readJsonRows(fields, { tasks }), options);
    return { batchId: batch.id, error: null };
  } catch (error) {
    if (!(error instanceof PipelinesError)) throw error;
    const [field] = error.fields;
    const message = field === undefined ? error.message : `${error.message} ${field.field}: ${field.message}`;
    return { batchId: null, error: { code: error.code, message } };
  }
}

/** A paused workflow would gather a batch for each time that passes. */
async function requireRunning({ database }: WorkflowsContext, { organizationId, workflowId }: ScheduleRow): Promise<void> {
  const { state } = await findWorkflow(database.db, organizationId, workflowId);
  if (state === 'paused') throw new PipelinesError('workflow_not_active', { detail: 'The workflow was paused.' });
}

function batchName({ name, timeZone }: ScheduleRow, plannedAt: Date): string {
  const time = plannedAt.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return `${name}, ${time}`;
}
