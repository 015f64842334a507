import type { Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import type { WorkflowRow } from '../workflows/workflow-rows.ts';

/**
 * Takes the tasks that have not ended along to a version that differs in its models only: a step that has not
 * begun asks the new one. A call that is out comes home.
 */
export async function moveOpenTasks(
  tx: Transaction,
  { organizationId, id }: Pick<WorkflowRow, 'organizationId' | 'id'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  // Locked in one order, as the lanes lock them too.
  await tx.execute(sql`
    with open as (
      select id from tasks
      where organization_id = ${organizationId} and workflow_id = ${id} and version = ${from} and state in ('pending', 'in_progress', 'paused')
      order by id for no key update
    )
    update tasks set version = ${to} from open where tasks.organization_id = ${organizationId} and tasks.id = open.id`);
}
