import { PipelinesError, type Principal } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import { unknownModel } from '../deactivate-model.ts';
import { findModel, type ModelRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';

/** What of a model's routing changes, as the audit log has it. */
export interface AuditedChange {
  readonly action: string;
  readonly fieldNames: readonly string[];
}

/**
 * Changes something of an active custom model, which nobody else changes meanwhile; audits it, and tells every process.
 *
 * @throws PipelinesError `platform_model_immutable`, `model_not_found`, `model_inactive`, and what `write` throws
 */
export async function changeModel(
  { database, refresh }: RegistryContext,
  principal: Principal,
  slug: string,
  { action, fieldNames }: AuditedChange,
  write: (tx: Transaction, model: ModelRow) => Promise<void>,
): Promise<void> {
  const { organizationId } = principal;
  const { models } = schema;
  await database.db.transaction(async (tx) => {
    await tx
      .select({ id: models.id })
      .from(models)
      .where(and(eq(models.organizationId, organizationId), eq(models.slug, slug)))
      .for('update');
    const found = await findModel(tx, organizationId, slug);
    if (!found) throw await unknownModel(tx, slug);
    if (!found.model.active) throw new PipelinesError('model_inactive');
    await write(tx, found.model);
    await recordAudit(tx, principal, action, { type: 'model', id: slug }, fieldNames);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
}

/** The condition for one model's row. */
export function isModel({ organizationId, id }: ModelRow) {
  const { models } = schema;
  return and(eq(models.organizationId, organizationId), eq(models.id, id));
}
