import { type OrganizationSettings, PipelinesError, type Principal, type updateSettingsBodySchema } from '@pipelines/contracts';
import { announceChange, type Queries, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { findModel, findPlatformModel } from './models/model-rows.ts';
import type { RegistryContext } from './registry-context.ts';

export type UpdateSettingsBody = z.infer<typeof updateSettingsBodySchema>;

const { organizations, platformModels, attemptContents } = schema;

export async function getSettings(db: Queries | Transaction, organizationId: string): Promise<OrganizationSettings> {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
  if (!row) throw new PipelinesError('not_found');
  return {
    organization_name: row.name,
    default_model: row.defaultModel ?? (await catalogueDefault(db)),
    content_retention_days: row.contentRetentionDays,
  };
}

/** The organization's choice, or the catalogue's; null where there is neither. */
export async function readDefaultModel(db: Queries | Transaction, organizationId: string): Promise<string | null> {
  const [row] = await db.select({ slug: organizations.defaultModel }).from(organizations).where(eq(organizations.id, organizationId));
  return row?.slug ?? catalogueDefault(db);
}

/** @throws PipelinesError `model_not_found`, `model_inactive` */
export async function updateSettings(
  { database, refresh }: RegistryContext,
  principal: Principal,
  body: UpdateSettingsBody,
): Promise<OrganizationSettings> {
  const { organizationId } = principal;
  const settings = await database.db.transaction(async (tx) => {
    if (body.default_model !== undefined) await requireActiveModel(tx, organizationId, body.default_model);
    const changes = {
      ...(body.organization_name !== undefined && { name: body.organization_name }),
      ...(body.default_model !== undefined && { defaultModel: body.default_model }),
      ...(body.content_retention_days !== undefined && { contentRetentionDays: body.content_retention_days }),
    };
    if (Object.keys(changes).length > 0) {
      await tx.update(organizations).set(changes).where(eq(organizations.id, organizationId));
      if (body.content_retention_days !== undefined) await deleteContents(tx, organizationId, body.content_retention_days);
      await recordAudit(tx, principal, 'settings.updated', { type: 'organization', id: organizationId }, Object.keys(body));
      await announceChange(tx, { topic: 'settings', organizationId });
    }
    return getSettings(tx, organizationId);
  });
  if (body.content_retention_days !== undefined) await refresh(organizationId);
  return settings;
}

/**
 * What may not be kept any longer goes with the change: all of it where nothing is kept any more. Whoever keeps contents
 * holds the organization's row while it writes, so none of it comes after this.
 */
async function deleteContents(tx: Transaction, organizationId: string, retentionDays: number | null): Promise<void> {
  const tooOld = retentionDays === null ? undefined : sql`${attemptContents.keptAt} < now() - make_interval(days => ${retentionDays})`;
  await tx.delete(attemptContents).where(and(eq(attemptContents.organizationId, organizationId), tooOld));
  if (retentionDays === null) await emptyReplays(tx, organizationId);
}

/** Replays of logged calls keep their numbers only. */
async function emptyReplays(tx: Transaction, organizationId: string): Promise<void> {
  await tx.execute(sql`
    update replay_runs r set sealed_answer = null from replay_items i
    where r.organization_id = ${organizationId} and i.organization_id = r.organization_id and i.replay_id = r.replay_id
      and i.item = r.item and i.kept_at is not null`);
  await tx.execute(sql`update replay_items set sealed_input = null where organization_id = ${organizationId} and kept_at is not null`);
}

/** @throws PipelinesError `model_not_found`, `model_inactive` */
export async function requireActiveModel(tx: Transaction, organizationId: string, slug: string): Promise<void> {
  await lockDefaultModel(tx, organizationId);
  const model = (await findModel(tx, organizationId, slug))?.model ?? (await findPlatformModel(tx, slug));
  if (!model) throw new PipelinesError('model_not_found');
  if ('task' in model && model.task !== 'chat') throw new PipelinesError('model_task_mismatch');
  if (!model.active) throw new PipelinesError('model_inactive');
}

/** Until the transaction ends nobody else chooses the default model, or deactivates the one that is being chosen. */
export async function lockDefaultModel(tx: Transaction, organizationId: string): Promise<void> {
  await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, organizationId)).for('no key update');
}

async function catalogueDefault(db: Queries | Transaction): Promise<string | null> {
  const [row] = await db
    .select({ slug: platformModels.slug })
    .from(platformModels)
    .where(and(eq(platformModels.isDefault, true), eq(platformModels.active, true)));
  return row?.slug ?? null;
}
