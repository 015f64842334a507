import type { Principal, updateWorkflowBodySchema, Workflow } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { WorkflowsContext } from '../workflows-context.ts';
import { presentWorkflow } from './present-workflow.ts';
import { findWorkflow, isWorkflow, lockWorkflow, requireRevision, type WorkflowRow } from './workflow-rows.ts';

const { workflows, workflowModelReferences: references, workflowToolReferences: toolReferences } = schema;

/**
 * Edits name, description or draft, on top of the revision that the caller has seen. The page saves drafts by
 * itself all the time, so only a new name is written into the audit log.
 *
 * @throws PipelinesError `conflict` when somebody else has edited the draft meanwhile, `not_found`
 */
export async function updateWorkflow(
  context: WorkflowsContext,
  principal: Principal,
  id: string,
  body: z.output<typeof updateWorkflowBodySchema>,
): Promise<Workflow> {
  const { organizationId } = principal;
  return context.database.db.transaction(async (tx) => {
    const before = await lockWorkflow(tx, organizationId, id);
    requireRevision(before, body.revision);
    const changes = changedColumns(before, body);
    if (Object.keys(changes).length > 0) {
      await tx
        .update(workflows)
        .set({ ...changes, updatedAt: sql`now()` })
        .where(isWorkflow(organizationId, before.id));
    }
    if (changes.name !== undefined) {
      await renameReferences(tx, before, changes.name);
      await recordAudit(tx, principal, 'workflow.updated', { type: 'workflow', id: before.id }, ['name']);
    }
    return presentWorkflow(context, tx, await findWorkflow(tx, organizationId, before.id));
  });
}

function changedColumns(before: WorkflowRow, { name, description, draft }: z.output<typeof updateWorkflowBodySchema>) {
  return {
    ...(name !== undefined && name !== before.name && { name }),
    ...(description !== undefined && description !== before.description && { description }),
    ...(draft !== undefined && JSON.stringify(draft) !== JSON.stringify(before.draft) && { draft, revision: before.revision + 1 }),
  };
}

/** The pages of models and tool endpoints name the workflows that use them. */
async function renameReferences(tx: Transaction, { organizationId, id }: WorkflowRow, workflowName: string): Promise<void> {
  for (const table of [references, toolReferences]) {
    await tx
      .update(table)
      .set({ workflowName })
      .where(and(eq(table.organizationId, organizationId), eq(table.workflowId, id)));
  }
}
