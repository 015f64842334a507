import { PipelinesError } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { and, eq } from 'drizzle-orm';
import { unknownModel } from '../deactivate-model.ts';
import { findModel, type ModelWithCredential } from './model-rows.ts';

/**
 * An active custom model of the organization, which nobody else changes until the transaction ends.
 *
 * @throws PipelinesError `platform_model_immutable`, `model_not_found`, `model_inactive`
 */
export async function lockModel(tx: Transaction, organizationId: string, slug: string): Promise<ModelWithCredential> {
  const { models } = schema;
  await tx
    .select({ id: models.id })
    .from(models)
    .where(and(eq(models.organizationId, organizationId), eq(models.slug, slug)))
    .for('update');
  const found = await findModel(tx, organizationId, slug);
  if (!found) throw await unknownModel(tx, slug);
  if (!found.model.active) throw new PipelinesError('model_inactive');
  return found;
}
