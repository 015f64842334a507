import type { TaskState, WorkflowSummary } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, count, eq, inArray, isNull } from 'drizzle-orm';

const { tasks } = schema;
type TaskCounts = WorkflowSummary['tasks'];

/** How many tasks each of these workflows has had, and where they are now. A task that waits for a review is driven by nobody. */
export async function countTasks(
  db: Queries | Transaction,
  organizationId: string,
  workflowIds: readonly string[],
): Promise<(workflowId: string) => TaskCounts> {
  if (workflowIds.length === 0) return () => ({ total: 0, running: 0, waiting: 0, failed: 0 });
  const ofWorkflows = and(eq(tasks.organizationId, organizationId), inArray(tasks.workflowId, [...workflowIds]));
  const states = await db
    .select({ workflowId: tasks.workflowId, state: tasks.state, tasks: count() })
    .from(tasks)
    .where(ofWorkflows)
    .groupBy(tasks.workflowId, tasks.state);
  const parked = await db
    .select({ workflowId: tasks.workflowId, tasks: count() })
    .from(tasks)
    .where(and(ofWorkflows, eq(tasks.state, 'in_progress'), isNull(tasks.lane)))
    .groupBy(tasks.workflowId);

  return (workflowId) => {
    const own = states.filter((row) => row.workflowId === workflowId);
    const inState = (...wanted: readonly TaskState[]) => sum(own.filter(({ state }) => wanted.includes(state)));
    const waiting = sum(parked.filter((row) => row.workflowId === workflowId));
    return { total: sum(own), running: inState('pending', 'in_progress') - waiting, waiting, failed: inState('failed') };
  };
}

function sum(rows: readonly { readonly tasks: number }[]): number {
  return rows.reduce((total, row) => total + row.tasks, 0);
}
