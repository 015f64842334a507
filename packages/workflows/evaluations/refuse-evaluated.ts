import { PipelinesError } from '@pipelines/contracts';
import { findWorkflow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';

/**
 * What an evaluation has checked must not change behind its back: its tasks run again only as the evaluation's own.
 * @throws PipelinesError `conflict`
 */
export async function refuseEvaluated(
  { database: { db } }: Pick<WorkflowsContext, 'database'>,
  { organizationId, workflowId }: { readonly organizationId: string; readonly workflowId: string },
): Promise<void> {
  if (!(await findWorkflow(db, organizationId, workflowId)).ofEvaluation) return;
  throw new PipelinesError('conflict', {
    detail: 'This belongs to an evaluation.',
    fix: 'Retry the evaluation instead: it then checks again.',
  });
}
