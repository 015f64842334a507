import { type organizationSettingsSchema, PipelinesError, type Principal, type updateSettingsBodySchema } from '@pipelines/contracts';
import { announceChange, type Queries, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { findModel, findPlatformModel } from './models/model-rows.ts';
import type { RegistryContext } from './registry-context.ts';

export type OrganizationSettings = z.infer<typeof organizationSettingsSchema>;
export type UpdateSettingsBody = z.infer<typeof updateSettingsBodySchema>;

const { organizations, platformModels } = schema;

export async function getSettings(db: Queries | Transaction, organizationId: string): Promise<OrganizationSettings> {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, organizationId));
  if (!row) throw new PipelinesError('not_found');
  return { organization_name: row.name, default_model: row.defaultModel ?? (await catalogueDefault(db)) };
}

/** The organization's choice, or the catalogue's; null where there is neither. */
export async function readDefaultModel(db: Queries | Transaction, organizationId: string): Promise<string | null> {
  const [row] = await db.select({ slug: organizations.defaultModel }).from(organizations).where(eq(organizations.id, organizationId));
  return row?.slug ?? catalogueDefault(db);
}

/** @throws PipelinesError `model_not_found`, `model_inactive` */
export async function updateSettings(
  { database }: RegistryContext,
  principal: Principal,
  body: UpdateSettingsBody,
): Promise<OrganizationSettings> {
  const { organizationId } = principal;
  return database.db.transaction(async (tx) => {
    if (body.default_model !== undefined) await requireActiveModel(tx, organizationId, body.default_model);
    const changes = {
      ...(body.organization_name !== undefined && { name: body.organization_name }),
      ...(body.default_model !== undefined && { defaultModel: body.default_model }),
    };
    if (Object.keys(changes).length > 0) {
      await tx.update(organizations).set(changes).where(eq(organizations.id, organizationId));
      await recordAudit(tx, principal, 'settings.updated', { type: 'organization', id: organizationId }, Object.keys(body));
      await announceChange(tx, { topic: 'settings', organizationId });
    }
    return getSettings(tx, organizationId);
  });
}

async function requireActiveModel(tx: Transaction, organizationId: string, slug: string): Promise<void> {
  await lockDefaultModel(tx, organizationId);
  const model = (await findModel(tx, organizationId, slug))?.model ?? (await findPlatformModel(tx, slug));
  if (!model) throw new PipelinesError('model_not_found');
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
