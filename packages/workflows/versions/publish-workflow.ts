import {
  checkGraph,
  type Graph,
  type GraphProblem,
  PipelinesError,
  type Principal,
  type publishBodySchema,
  type Workflow,
} from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { activateReferences } from '../workflows/model-references.ts';
import { presentWorkflow } from '../workflows/present-workflow.ts';
import { readStepEndpoints } from '../workflows/step-endpoints.ts';
import { readStepModels } from '../workflows/step-models.ts';
import { findWorkflow, isWorkflow, lockWorkflow, requireRevision, type WorkflowRow } from '../workflows/workflow-rows.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import { insertVersion } from './insert-version.ts';

/**
 * Makes the draft an immutable version that new tasks run. Tasks under way go on with theirs. Publishing a draft
 * that is published already changes nothing.
 *
 * @throws PipelinesError `workflow_incomplete` with every problem by step, `conflict` when the draft is another one
 * by now or the workflow is archived, `not_found`
 */
export async function publishWorkflow(
  context: WorkflowsContext,
  principal: Principal,
  id: string,
  body: z.output<typeof publishBodySchema>,
): Promise<Workflow> {
  const { organizationId } = principal;
  return context.database.db.transaction(async (tx) => {
    const workflow = await lockWorkflow(tx, organizationId, id);
    requireRevision(workflow, body.revision);
    if (workflow.state === 'archived') throw new PipelinesError('conflict', { detail: 'It is archived.', fix: 'Resume it first.' });
    if (workflow.publishedRevision !== workflow.revision) {
      const graph = workflow.draft as Graph;
      const models = readStepModels(context, organizationId, graph);
      requireComplete(checkGraph(graph, models, await readStepEndpoints(tx, organizationId, graph)));
      const version = await insertVersion(tx, principal, workflow, graph, body.note ?? '');
      await pointToVersion(tx, workflow, version);
      await recordAudit(tx, principal, 'workflow.published', { type: 'workflow', id: workflow.id }, ['published_version']);
    }
    return presentWorkflow(context, tx, await findWorkflow(tx, organizationId, workflow.id));
  });
}

/** @throws PipelinesError `workflow_incomplete` with every problem by step */
export function requireComplete(problems: readonly GraphProblem[]): void {
  if (problems.length === 0) return;
  throw new PipelinesError('workflow_incomplete', {
    fields: problems.map(({ step, field, message }) => ({
      field: step === null ? '' : ['steps', step, ...(field === null ? [] : [field])].join('.'),
      message,
    })),
  });
}

/** New tasks run this version from now on; a draft becomes active, a paused workflow stays so. */
async function pointToVersion(tx: Transaction, workflow: WorkflowRow, version: number): Promise<void> {
  const { organizationId, id } = workflow;
  await tx
    .update(schema.workflows)
    .set({
      publishedVersion: version,
      publishedRevision: workflow.revision,
      ...(workflow.state === 'draft' && { state: 'active' as const }),
      updatedAt: sql`now()`,
    })
    .where(isWorkflow(organizationId, id));
  await activateReferences(tx, workflow, version);
}
