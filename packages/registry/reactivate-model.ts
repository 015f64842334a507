import type { Model, Principal } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import { unknownModel } from './deactivate-model.ts';
import { getModel } from './get-model.ts';
import { findModel } from './models/model-rows.ts';
import type { RegistryContext } from './registry-context.ts';
import { lockDefaultModel } from './settings.ts';

/**
 * Takes a deactivated model back into use, under its slug and with its credential. Where the credential has been deleted
 * meanwhile, it is untested until another one is entered. Repeating it changes nothing.
 *
 * @throws PipelinesError `platform_model_immutable`, `model_not_found`
 */
export async function reactivateModel(context: RegistryContext, principal: Principal, slug: string): Promise<Model> {
  const { organizationId } = principal;
  const { models } = schema;
  await context.database.db.transaction(async (tx) => {
    await lockDefaultModel(tx, organizationId);
    const found = await findModel(tx, organizationId, slug);
    if (!found) throw await unknownModel(tx, slug);
    if (found.model.active) return;
    const lacksSecret = found.credential !== null && !(await holdSecret(tx, organizationId, found.credential.id));
    await tx
      .update(models)
      .set({ active: true, updatedAt: sql`now()`, ...(lacksSecret && { untestedSince: sql`now()` }) })
      .where(and(eq(models.organizationId, organizationId), eq(models.slug, slug)));
    await recordAudit(tx, principal, 'model.reactivated', { type: 'model', id: slug }, ['active']);
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await context.refresh(organizationId);
  return getModel(context, organizationId, slug);
}

/** Whether the secret is still there. Until the transaction ends nobody deletes it. */
async function holdSecret(tx: Transaction, organizationId: string, id: string): Promise<boolean> {
  const { credentials } = schema;
  const [row] = await tx
    .select({ sealed: credentials.sealed })
    .from(credentials)
    .where(and(eq(credentials.organizationId, organizationId), eq(credentials.id, id)))
    .for('share');
  return row !== undefined && row.sealed !== null;
}
