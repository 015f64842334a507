import type { createWorkflowBodySchema, Graph, Principal, Workflow } from '@pipelines/contracts';
import { schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { memberOf } from '../member-of.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { presentWorkflow } from './present-workflow.ts';
import { findWorkflow } from './workflow-rows.ts';

/** What a workflow without a graph of its own begins with. */
const emptyGraph: Graph = {
  steps: [
    { kind: 'start', name: 'start', title: 'Start', position: { x: 0, y: 0 }, config: { fields: [] } },
    { kind: 'end', name: 'end', title: 'End', position: { x: 0, y: 240 }, config: { mapping: [] } },
  ],
  edges: [{ from: 'start', port: 'next', to: 'end' }],
};

/** Begins a draft. Its graph may still be wrong: only publishing asks for a complete one. */
export async function createWorkflow(
  context: WorkflowsContext,
  principal: Principal,
  body: z.output<typeof createWorkflowBodySchema>,
): Promise<Workflow> {
  const { organizationId } = principal;
  const id = uuidv7();
  return context.database.db.transaction(async (tx) => {
    await tx.insert(schema.workflows).values({
      organizationId,
      id,
      name: body.name,
      description: body.description ?? '',
      draft: body.graph ?? emptyGraph,
      createdBy: memberOf(principal),
    });
    await recordAudit(tx, principal, 'workflow.created', { type: 'workflow', id });
    return presentWorkflow(context, tx, await findWorkflow(tx, organizationId, id));
  });
}
