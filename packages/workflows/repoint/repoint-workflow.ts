import type { Graph, Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import { insertVersion } from '../versions/insert-version.ts';
import { activateReferences } from '../workflows/model-references.ts';
import { isWorkflow } from '../workflows/workflow-rows.ts';
import { moveOpenTasks } from './move-tasks.ts';
import type { RepointModels, WorkflowPlan } from './plan-workflow.ts';
import { type ModelPlace, pointSteps } from './point-steps.ts';

/** What was done to a workflow, as the undo needs it. */
export interface WorkflowChange {
  readonly workflowId: string;
  readonly version: { readonly before: number; readonly after: number } | null;
  /** The places of the draft that were changed; null where it stayed. */
  readonly draftPlaces: readonly ModelPlace[] | null;
}

/** Makes one plan true. Null where there is nothing to do. */
export async function repointWorkflow(
  tx: Transaction,
  principal: Principal,
  { workflow, published, publishedPart, draftPart }: WorkflowPlan,
  { fromSlug, to }: RepointModels,
): Promise<WorkflowChange | null> {
  const { organizationId, id } = workflow;
  const before = workflow.publishedVersion;
  const repointsDraft = draftPart.outcome === 'repointed';
  const repointsPublished = publishedPart.outcome === 'repointed' && published !== null && before !== null;
  if (!repointsDraft && !repointsPublished) return null;

  const note = `Repointed from ${fromSlug} to ${to.slug}`;
  const after = repointsPublished
    ? await insertVersion(tx, principal, workflow, pointSteps(published, publishedPart.places, to.slug), note)
    : null;
  const revision = workflow.revision + (repointsDraft ? 1 : 0);
  const wasPublished = workflow.publishedRevision === workflow.revision;
  await tx
    .update(schema.workflows)
    .set({
      revision,
      ...(repointsDraft && { draft: pointSteps(workflow.draft as Graph, draftPart.places, to.slug) }),
      ...(after !== null && { publishedVersion: after }),
      // A draft without changes has none afterwards either.
      ...(after !== null && wasPublished && { publishedRevision: revision }),
      updatedAt: sql`now()`,
    })
    .where(isWorkflow(organizationId, id));
  if (after !== null && before !== null) {
    await activateReferences(tx, workflow, after);
    await moveOpenTasks(tx, workflow, { from: before, to: after });
  }
  const changed = [...(after === null ? [] : ['published_version']), ...(repointsDraft ? ['draft'] : [])];
  await recordAudit(tx, principal, 'workflow.repointed', { type: 'workflow', id }, changed);
  return {
    workflowId: id,
    version: after === null || before === null ? null : { before, after },
    draftPlaces: repointsDraft ? draftPart.places : null,
  };
}
