import type { Principal } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import { lockModel } from '../models/lock-model.ts';
import { findModel, type ModelRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { lockPlatformModel } from './lock-platform-model.ts';
import type { PlatformPlace } from './platform-routings.ts';

/** What of a model's routing changes, as the audit log has it. */
export interface AuditedChange {
  readonly action: string;
  readonly fieldNames: readonly string[];
}

export interface ModelWrites {
  readonly custom: (tx: Transaction, model: ModelRow) => Promise<void>;
  /** What the organization sets for its own calls of a platform model. Left out: a platform model is refused. */
  readonly platform?: (tx: Transaction, place: PlatformPlace) => Promise<void>;
}

/**
 * Changes something of an active model, which nobody else changes meanwhile; audits it, and tells every process.
 *
 * @throws PipelinesError `platform_model_immutable`, `model_not_found`, `model_inactive`, and what the writes throw
 */
export async function changeModel(
  { database, refresh }: RegistryContext,
  principal: Principal,
  slug: string,
  { action, fieldNames }: AuditedChange,
  writes: ModelWrites,
): Promise<void> {
  const { organizationId } = principal;
  await database.db.transaction(async (tx) => {
    await writeLocked(tx, { organizationId, slug }, writes);
    await recordAudit(tx, principal, action, { type: 'model', id: slug }, fieldNames);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await refresh(organizationId);
}

async function writeLocked(tx: Transaction, place: PlatformPlace, { custom, platform }: ModelWrites): Promise<void> {
  const { organizationId, slug } = place;
  const isCustom = (await findModel(tx, organizationId, slug)) !== null;
  if (platform && !isCustom && (await lockPlatformModel(tx, slug))) await platform(tx, place);
  else await custom(tx, (await lockModel(tx, organizationId, slug)).model);
}

/** The condition for one model's row. */
export function isModel({ organizationId, id }: ModelRow) {
  const { models } = schema;
  return and(eq(models.organizationId, organizationId), eq(models.id, id));
}
