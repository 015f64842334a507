import type { Principal, taskListQuerySchema, taskPageSchema } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { and, desc, eq, getTableColumns } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { z } from 'zod';
import { cursorMoment, isAfterCursor, toPage } from '../list-cursor.ts';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { presentTask, sumTaskCosts } from './task-view.ts';

const { tasks } = schema;

/**
 * One page of a workflow's tasks, newest first; of one batch, from its last row to its first.
 *
 * @throws PipelinesError `invalid_request` for a cursor that is none, `not_found`
 */
export async function listTasks(
  { database: { db } }: WorkflowsContext,
  { organizationId }: Principal,
  workflowId: string,
  query: z.output<typeof taskListQuerySchema>,
): Promise<z.infer<typeof taskPageSchema>> {
  const workflow = await findWorkflow(db, organizationId, workflowId);
  if (query.batch_id !== undefined && !isUuid(query.batch_id)) return { data: [], next_cursor: null };
  const found = await db
    .select({ ...getTableColumns(tasks), cursorAt: cursorMoment(tasks.createdAt) })
    .from(tasks)
    .where(
      and(
        eq(tasks.organizationId, organizationId),
        eq(tasks.workflowId, workflow.id),
        query.state === undefined ? undefined : eq(tasks.state, query.state),
        query.batch_id === undefined ? undefined : eq(tasks.batchId, query.batch_id),
        query.cursor === undefined ? undefined : isAfterCursor(query.cursor, tasks.createdAt, tasks.id),
      ),
    )
    .orderBy(desc(tasks.createdAt), desc(tasks.id))
    .limit(query.limit + 1);
  const { rows, nextCursor } = toPage(found, query.limit, (row) => row.id);
  const costs = await sumTaskCosts(
    db,
    organizationId,
    rows.map((row) => row.id),
  );
  return { data: rows.map((row) => presentTask(row, costs(row.id))), next_cursor: nextCursor };
}
