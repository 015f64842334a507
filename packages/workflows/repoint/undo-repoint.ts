import { PipelinesError, type Principal, type UndoneRepoint } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, asc, eq, sql } from 'drizzle-orm';
import { requireRowId } from '../require-row-id.ts';
import type { WorkflowsContext } from '../workflows-context.ts';
import type { ChangeRow, RepointRow } from './repoint-rows.ts';
import { restoreApiKeys } from './restore-api-keys.ts';
import { restoreWorkflow } from './restore-workflow.ts';

const { repoints, repointChanges } = schema;

/**
 * Puts back what a repoint has changed: the version that was published before is published again, and the places of
 * the draft name the old model. What somebody has changed since stays, and is told.
 *
 * @throws PipelinesError `not_found`, `conflict` when it has been undone already, `model_not_allowed` for an API key that may not
 * call the old model
 */
export async function undoRepoint(context: WorkflowsContext, principal: Principal, slug: string, id: string): Promise<UndoneRepoint> {
  const undone = await context.database.db.transaction(async (tx) => {
    const repoint = await lockRepoint(tx, principal.organizationId, slug, id);
    if (principal.allowedModels?.has(slug) === false) throw new PipelinesError('model_not_allowed');
    const changes = await readChanges(tx, repoint);
    const workflows: UndoneRepoint['workflows'] = [];
    for (const change of changes) {
      if (change.workflowId !== null) workflows.push(await restoreWorkflow(tx, principal, repoint, change.workflowId, change));
    }
    const apiKeys = await restoreApiKeys(tx, principal, repoint, changes);
    await tx.update(repoints).set({ undoneAt: sql`now()` }).where(isRepoint(repoint));
    await recordAudit(tx, principal, 'model.repoint_undone', { type: 'model', id: repoint.fromSlug }, ['to']);
    return { id: repoint.id, from: repoint.fromSlug, to: repoint.toSlug, workflows, api_keys: apiKeys };
  });
  context.engine.wake();
  return undone;
}

function isRepoint({ organizationId, id }: Pick<RepointRow, 'organizationId' | 'id'>) {
  return and(eq(repoints.organizationId, organizationId), eq(repoints.id, id));
}

async function lockRepoint(tx: Transaction, organizationId: string, slug: string, id: string): Promise<RepointRow> {
  const [row] = await tx
    .select()
    .from(repoints)
    .where(isRepoint({ organizationId, id: requireRowId(id) }))
    .for('update');
  if (!row || row.fromSlug !== slug) throw new PipelinesError('not_found', { detail: 'There is no such repoint of this model.' });
  if (row.undoneAt !== null)
    throw new PipelinesError('conflict', { detail: 'It has been undone already.', fix: 'There is nothing left to undo.' });
  return row;
}

/** Workflows by their ID, in which every repoint locks them. */
function readChanges(tx: Transaction, { organizationId, id }: RepointRow): Promise<ChangeRow[]> {
  return tx
    .select()
    .from(repointChanges)
    .where(and(eq(repointChanges.organizationId, organizationId), eq(repointChanges.repointId, id)))
    .orderBy(asc(repointChanges.position));
}
