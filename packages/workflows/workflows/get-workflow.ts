import type { Principal, Workflow } from '@pipelines/contracts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { presentWorkflow } from './present-workflow.ts';
import { findWorkflow } from './workflow-rows.ts';

/** @throws PipelinesError `not_found` */
export async function getWorkflow(context: WorkflowsContext, { organizationId }: Principal, id: string): Promise<Workflow> {
  const { db } = context.database;
  return presentWorkflow(context, db, await findWorkflow(db, organizationId, id));
}
