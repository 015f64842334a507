import type { Principal, Schedule, ScheduleDetail } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, asc, eq } from 'drizzle-orm';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findSchedule, presentSchedule, scheduleHead } from './schedule-rows.ts';

const { schedules } = schema;

/** The oldest first. @throws PipelinesError `not_found` */
export async function listSchedules(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  workflowId: string,
): Promise<{ data: Schedule[] }> {
  const workflow = await findWorkflow(db, organizationId, workflowId);
  const rows = await db
    .select(scheduleHead)
    .from(schedules)
    .where(and(eq(schedules.organizationId, organizationId), eq(schedules.workflowId, workflow.id)))
    .orderBy(asc(schedules.createdAt), asc(schedules.id));
  return { data: await Promise.all(rows.map((row) => presentSchedule(db, row))) };
}

/** @throws PipelinesError `not_found` */
export async function getSchedule(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  id: string,
): Promise<ScheduleDetail> {
  const row = await findSchedule(db, organizationId, id);
  return { ...(await presentSchedule(db, { ...row, rows: row.tasks.length })), tasks: row.tasks };
}
