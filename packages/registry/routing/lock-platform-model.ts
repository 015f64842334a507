import { PipelinesError } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { eq } from 'drizzle-orm';
import { findPlatformModel } from '../models/model-rows.ts';

/**
 * Whether it is a model of the catalogue; then the operator does not take it away until the transaction ends.
 *
 * @throws PipelinesError `model_inactive`
 */
export async function lockPlatformModel(tx: Transaction, slug: string): Promise<boolean> {
  if (!(await findPlatformModel(tx, slug))) return false;
  const { platformModels } = schema;
  const [locked] = await tx
    .select({ active: platformModels.active })
    .from(platformModels)
    .where(eq(platformModels.slug, slug))
    .for('share');
  if (!locked?.active) throw new PipelinesError('model_inactive');
  return true;
}
