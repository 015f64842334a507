import type { WorkflowSummary } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray, sql } from 'drizzle-orm';

const { tasks } = schema;
type TaskCounts = WorkflowSummary['tasks'];

const counted = {
  total: sql<string>`count(*)`,
  running: sql<string>`count(*) filter (where ${tasks.state} in ('pending', 'in_progress'))`,
  waiting: sql<string>`count(*) filter (where ${tasks.state} = 'paused')`,
  failed: sql<string>`count(*) filter (where ${tasks.state} = 'failed')`,
};

/** How many tasks each of these workflows has had, and where they are now. */
export async function countTasks(
  db: Queries | Transaction,
  organizationId: string,
  workflowIds: readonly string[],
): Promise<(workflowId: string) => TaskCounts> {
  const rows =
    workflowIds.length === 0
      ? []
      : await db
          .select({ workflowId: tasks.workflowId, ...counted })
          .from(tasks)
          .where(and(eq(tasks.organizationId, organizationId), inArray(tasks.workflowId, [...workflowIds])))
          .groupBy(tasks.workflowId);
  const byWorkflow = new Map(rows.map((row) => [row.workflowId, row]));
  return (workflowId) => {
    const row = byWorkflow.get(workflowId);
    return {
      total: Number(row?.total ?? 0),
      running: Number(row?.running ?? 0),
      waiting: Number(row?.waiting ?? 0),
      failed: Number(row?.failed ?? 0),
    };
  };
}
