import { PipelinesError, type Task } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';

const { tasks, stepRuns } = schema;
export type TaskRow = typeof tasks.$inferSelect;

/** @throws PipelinesError `not_found`, for another organization's too */
export async function findTask(db: Queries | Transaction, organizationId: string, id: string): Promise<TaskRow> {
  const [row] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.organizationId, organizationId), eq(tasks.id, requireRowId(id))));
  if (!row) throw new PipelinesError('not_found', { detail: 'There is no such task.' });
  return row;
}

/** What each of these tasks has cost in USD, exact; null where the cost of a call is unknown. */
export async function sumTaskCosts(
  db: Queries | Transaction,
  organizationId: string,
  taskIds: readonly string[],
): Promise<(taskId: string) => string | null> {
  const rows =
    taskIds.length === 0
      ? []
      : await db
          .select({
            taskId: stepRuns.taskId,
            cost: sql<string | null>`case when bool_and(${stepRuns.unknownCostCalls} = 0) then trim_scale(sum(${stepRuns.cost})) end`,
          })
          .from(stepRuns)
          .where(and(eq(stepRuns.organizationId, organizationId), inArray(stepRuns.taskId, [...taskIds])))
          .groupBy(stepRuns.taskId);
  const byTask = new Map(rows.map((row) => [row.taskId, row.cost]));
  return (taskId) => byTask.get(taskId) ?? (byTask.has(taskId) ? null : '0');
}

export function presentTask(row: TaskRow, cost: string | null): Task {
  return {
    id: row.id,
    workflow_id: row.workflowId,
    version: row.version,
    batch_id: row.batchId,
    external_id: row.externalId,
    state: row.state,
    waits_for_review: row.state === 'in_progress' && row.lane === null,
    input: row.input,
    output: row.output,
    error: row.error,
    cost,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}
