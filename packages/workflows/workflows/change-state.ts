import { PipelinesError, type Principal, type Workflow, type WorkflowState } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import type { WorkflowsContext } from '../workflows-context.ts';
import { activateReferences } from './model-references.ts';
import { presentWorkflow } from './present-workflow.ts';
import { findWorkflow, isWorkflow, lockWorkflow, type WorkflowRow } from './workflow-rows.ts';

/** Begins no further step; a call that is out comes home. @throws PipelinesError `conflict`, `not_found` */
export function pauseWorkflow(context: WorkflowsContext, principal: Principal, id: string): Promise<Workflow> {
  return changeState(context, principal, id, 'workflow.paused', ({ state }) => {
    if (state === 'active' || state === 'paused') return 'paused';
    throw new PipelinesError('conflict', {
      detail: state === 'draft' ? 'It has never been published, so nothing of it runs.' : 'It is archived.',
      fix: 'Only an active workflow can be paused.',
    });
  });
}

/** Goes on after a pause, or takes an archived workflow back. @throws PipelinesError `conflict`, `not_found` */
export function resumeWorkflow(context: WorkflowsContext, principal: Principal, id: string): Promise<Workflow> {
  return changeState(context, principal, id, 'workflow.resumed', ({ state, publishedVersion }) => {
    if (state === 'draft') throw new PipelinesError('conflict', { detail: 'It has never been published.', fix: 'Publish it first.' });
    return publishedVersion === null ? 'draft' : 'active';
  });
}

/** Takes no more tasks; those under way end. @throws PipelinesError `not_found` */
export function archiveWorkflow(context: WorkflowsContext, principal: Principal, id: string): Promise<Workflow> {
  return changeState(context, principal, id, 'workflow.archived', () => 'archived');
}

/** Repeating a change of state changes nothing. */
async function changeState(
  context: WorkflowsContext,
  principal: Principal,
  id: string,
  action: string,
  choose: (row: WorkflowRow) => WorkflowState,
): Promise<Workflow> {
  const { organizationId } = principal;
  const workflow = await context.database.db.transaction(async (tx) => {
    const before = await lockWorkflow(tx, organizationId, id);
    const state = choose(before);
    if (state !== before.state) {
      await tx.update(schema.workflows).set({ state, updatedAt: sql`now()` }).where(isWorkflow(organizationId, before.id));
      // An archived workflow runs nothing, so it holds no model back.
      await activateReferences(tx, before, state === 'archived' ? null : before.publishedVersion);
      await recordAudit(tx, principal, action, { type: 'workflow', id: before.id }, ['state']);
    }
    return presentWorkflow(context, tx, await findWorkflow(tx, organizationId, before.id));
  });
  context.engine.wake();
  return workflow;
}
