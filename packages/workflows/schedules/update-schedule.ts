import { nextTimes, type Principal, type ScheduleDetail, type updateScheduleBodySchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { readScheduleRows, requireEveryModel, requireTimes } from './check-schedule.ts';
import { getSchedule } from './list-schedules.ts';
import { findSchedule, isSchedule } from './schedule-rows.ts';

const { schedules } = schema;

/**
 * New times, or being turned on, count from now: nothing of the past is made up for.
 * @throws PipelinesError `invalid_request`, `rows_invalid`, `workflow_not_active`, `model_not_allowed`, `not_found`
 */
export async function updateSchedule(
  context: WorkflowsContext,
  principal: Principal,
  id: string,
  body: z.output<typeof updateScheduleBodySchema>,
  now: Date = new Date(),
): Promise<ScheduleDetail> {
  requireEveryModel(principal);
  await context.database.db.transaction(async (tx) => {
    const before = await findSchedule(tx, principal.organizationId, id, { lock: true });
    const cron = body.cron ?? before.cron;
    const timeZone = body.time_zone ?? before.timeZone;
    const enabled = body.enabled ?? before.enabled;
    requireTimes(cron, timeZone);
    const isRetimed = cron !== before.cron || timeZone !== before.timeZone || enabled !== before.enabled;
    const hasRows = body.tasks !== undefined || body.csv !== undefined;
    const workflow = await findWorkflow(tx, before.organizationId, before.workflowId);
    await tx
      .update(schedules)
      .set({
        name: body.name ?? before.name,
        cron,
        timeZone,
        enabled,
        ...(isRetimed && { nextRunAt: enabled ? (nextTimes(cron, timeZone, 1, now)[0] ?? null) : null }),
        ...(hasRows && { tasks: await readScheduleRows(tx, workflow, body) }),
        updatedAt: sql`now()`,
      })
      .where(isSchedule(before));
    await recordAudit(tx, principal, 'schedule.updated', { type: 'schedule', id: before.id }, Object.keys(body));
  });
  return getSchedule(context, principal, id);
}

/** The batches that it has created stay. @throws PipelinesError `not_found` */
export async function deleteSchedule(context: WorkflowsContext, principal: Principal, id: string): Promise<void> {
  await context.database.db.transaction(async (tx) => {
    const row = await findSchedule(tx, principal.organizationId, id);
    await tx.delete(schedules).where(isSchedule(row));
    await recordAudit(tx, principal, 'schedule.deleted', { type: 'schedule', id: row.id });
  });
}
