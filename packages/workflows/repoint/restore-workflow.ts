import type { Graph, Principal, UndoneRepoint } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { sql } from 'drizzle-orm';
import { activateReferences } from '../workflows/model-references.ts';
import { isWorkflow, lockWorkflow, type WorkflowRow } from '../workflows/workflow-rows.ts';
import { moveOpenTasks } from './move-tasks.ts';
import { placesOf, pointSteps } from './point-steps.ts';
import type { ChangeRow, RepointRow } from './repoint-rows.ts';

type UndoneWorkflow = UndoneRepoint['workflows'][number];

/** Undoes a repoint in one workflow, as far as nobody has changed it since. */
export async function restoreWorkflow(
  tx: Transaction,
  principal: Principal,
  { fromSlug, toSlug }: RepointRow,
  workflowId: string,
  change: ChangeRow,
): Promise<UndoneWorkflow> {
  const workflow = await lockWorkflow(tx, principal.organizationId, workflowId);
  const version = versionToRestore(workflow, change);
  const draft = workflow.draft as Graph;
  const moved = change.draftPlaces ?? [];
  const places = placesOf(draft, toSlug).filter((place) => moved.some(({ step, field }) => step === place.step && field === place.field));

  if (version !== null || places.length > 0) {
    const revision = workflow.revision + (places.length > 0 ? 1 : 0);
    const hadNoChanges = workflow.publishedRevision === workflow.revision;
    await tx
      .update(schema.workflows)
      .set({
        revision,
        ...(places.length > 0 && { draft: pointSteps(draft, places, fromSlug) }),
        ...(version !== null && { publishedVersion: version.before, ...(hadNoChanges && { publishedRevision: revision }) }),
        updatedAt: sql`now()`,
      })
      .where(isWorkflow(workflow.organizationId, workflow.id));
    if (version !== null) await publishAgain(tx, workflow, version);
    const changed = [...(version === null ? [] : ['published_version']), ...(places.length > 0 ? ['draft'] : [])];
    await recordAudit(tx, principal, 'workflow.repoint_undone', { type: 'workflow', id: workflow.id }, changed);
  }
  return describe(workflow, change, version !== null, places.length);
}

interface Versions {
  readonly before: number;
  readonly after: number;
}

/** Null where the repoint has published nothing, or somebody has published since. */
function versionToRestore(workflow: WorkflowRow, { versionBefore, versionAfter }: ChangeRow): Versions | null {
  if (versionBefore === null || versionAfter === null || workflow.publishedVersion !== versionAfter) return null;
  return { before: versionBefore, after: versionAfter };
}

async function publishAgain(tx: Transaction, workflow: WorkflowRow, { before, after }: Versions): Promise<void> {
  await activateReferences(tx, workflow, workflow.state === 'archived' ? null : before);
  await moveOpenTasks(tx, workflow, { from: after, to: before });
}

function describe(workflow: WorkflowRow, change: ChangeRow, isPublished: boolean, restoredPlaces: number): UndoneWorkflow {
  const wasPublished = change.versionAfter !== null;
  const places = change.draftPlaces?.length ?? 0;
  const messages = [
    ...(wasPublished && !isPublished ? [`Version ${workflow.publishedVersion} has been published since, so it stays published.`] : []),
    ...(restoredPlaces < places ? ['Steps of the draft that have been given another model since keep it.'] : []),
  ];
  return {
    workflow_id: workflow.id,
    name: workflow.name,
    published: !wasPublished ? 'unused' : isPublished ? 'restored' : 'kept',
    draft: places === 0 ? 'unused' : restoredPlaces === places ? 'restored' : 'kept',
    messages,
  };
}
