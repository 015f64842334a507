import type { Principal } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import { lockModel } from '../models/lock-model.ts';
import type { ModelRow } from '../models/model-rows.ts';
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
  await database.db.transaction(async (tx) => {
    const { model } = await lockModel(tx, organizationId, slug);
    await write(tx, model);
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
