import { type createScheduleBodySchema, nextTimes, PipelinesError, type Principal, type ScheduleDetail } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, count, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { memberOf } from '../member-of.ts';
import { lockWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { readScheduleRows, requireEveryModel, requireTimes } from './check-schedule.ts';
import { getSchedule } from './list-schedules.ts';

const { schedules } = schema;
const maxSchedules = 50;

/** @throws PipelinesError `invalid_request`, `rows_invalid`, `workflow_not_active`, `model_not_allowed`, `conflict`, `not_found` */
export async function createSchedule(
  context: WorkflowsContext,
  principal: Principal,
  workflowId: string,
  { name, cron, time_zone, enabled = true, ...rows }: z.output<typeof createScheduleBodySchema>,
  now: Date = new Date(),
): Promise<ScheduleDetail> {
  requireEveryModel(principal);
  requireTimes(cron, time_zone);
  const { organizationId } = principal;
  const id = uuidv7();
  await context.database.db.transaction(async (tx) => {
    const workflow = await lockWorkflow(tx, organizationId, workflowId);
    const [known] = await tx
      .select({ schedules: count() })
      .from(schedules)
      .where(and(eq(schedules.organizationId, organizationId), eq(schedules.workflowId, workflow.id)));
    if ((known?.schedules ?? 0) >= maxSchedules) {
      throw new PipelinesError('conflict', { detail: `A workflow has at most ${maxSchedules} schedules.`, fix: 'Remove one first.' });
    }
    await tx.insert(schedules).values({
      organizationId,
      id,
      workflowId: workflow.id,
      name,
      cron,
      timeZone: time_zone,
      enabled,
      tasks: await readScheduleRows(tx, workflow, rows),
      nextRunAt: enabled ? (nextTimes(cron, time_zone, 1, now)[0] ?? null) : null,
      createdBy: memberOf(principal),
    });
    await recordAudit(tx, principal, 'schedule.created', { type: 'schedule', id });
  });
  return getSchedule(context, principal, id);
}
