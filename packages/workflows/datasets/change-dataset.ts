import { type Dataset, PipelinesError, type Principal } from '@pipelines/contracts';
import { databaseErrorCode, schema } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import type { WorkflowsContext } from '../workflows-context.ts';
import { findDataset, isDataset, readDataset } from './dataset-view.ts';

const foreignKeyViolation = '23503';

/** @throws PipelinesError `not_found` */
export async function renameDataset(
  { database: { db } }: WorkflowsContext,
  principal: Principal,
  id: string,
  name: string,
): Promise<Dataset> {
  const { organizationId } = principal;
  return db.transaction(async (tx) => {
    const dataset = await findDataset(tx, organizationId, id);
    await tx.update(schema.datasets).set({ name }).where(isDataset(organizationId, dataset.id));
    await recordAudit(tx, principal, 'dataset.updated', { type: 'dataset', id: dataset.id }, ['name']);
    return readDataset(tx, organizationId, dataset.id);
  });
}

/** With its rows. @throws PipelinesError `conflict` while an evaluation uses it, `not_found` */
export async function deleteDataset({ database: { db } }: WorkflowsContext, principal: Principal, id: string): Promise<void> {
  const { organizationId } = principal;
  try {
    await db.transaction(async (tx) => {
      const dataset = await findDataset(tx, organizationId, id);
      await tx.delete(schema.datasets).where(isDataset(organizationId, dataset.id));
      await recordAudit(tx, principal, 'dataset.deleted', { type: 'dataset', id: dataset.id });
    });
  } catch (error) {
    if (databaseErrorCode(error) !== foreignKeyViolation) throw error;
    throw new PipelinesError('conflict', {
      detail: 'An evaluation uses this dataset.',
      fix: 'Keep it: the results of the evaluation speak of its rows.',
    });
  }
}
