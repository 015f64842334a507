import { type Model, PipelinesError, type Principal, type UpdateModelBody } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import { unknownModel } from './deactivate-model.ts';
import { getModel } from './get-model.ts';
import { applyConnectionChange, prepareConnectionChange } from './models/connection-change.ts';
import { lockModel } from './models/lock-model.ts';
import { findModel, type ModelRow, type ModelWithCredential } from './models/model-rows.ts';
import { pricesToUpdate } from './models/prices-to-save.ts';
import { settingsToUpdate } from './models/settings-to-update.ts';
import { forgetSaid, settleProposal } from './price-book/note-check.ts';
import { recordPrices } from './price-book/record-prices.ts';
import type { RegistryContext } from './registry-context.ts';

/**
 * Edits a custom model. No test is asked for; a changed connection marks it as untested since now. A
 * changed destination needs its credential again, and a new secret for the same destination replaces the
 * saved one, for every model that shares it.
 *
 * @throws PipelinesError `credential_required`, `platform_model_immutable`, `model_inactive`, `model_not_found`, `invalid_request`,
 * `egress_blocked`, `conflict` when somebody else changes its connection at the same time
 */
export async function updateModel(context: RegistryContext, principal: Principal, slug: string, body: UpdateModelBody): Promise<Model> {
  const { organizationId } = principal;
  const { db } = context.database;
  const before = await findModel(db, organizationId, slug);
  if (!before) throw await unknownModel(db, slug);
  // What needs the vault is prepared before the transaction, which must not wait for a second connection.
  const change = before.model.active ? await prepareConnectionChange(context, before, body) : null;

  await db.transaction(async (tx) => {
    const current = await lockModel(tx, organizationId, slug);
    if (hasMoved(before, current)) throw new PipelinesError('conflict');
    const settings = settingsToUpdate(current.model, body);
    const connection = change && (await applyConnectionChange(tx, principal, current.model, change));
    const prices = pricesToUpdate(current.model, body);
    await writeModel(tx, organizationId, slug, { ...settings, ...prices, ...connection });
    if (connection && connection.providerModelId !== current.model.providerModelId) await forgetSaid(tx, current.model);
    if (prices) await notePrices(tx, principal, { ...current.model, ...prices });
    await recordAudit(tx, principal, 'model.updated', { type: 'model', id: slug }, Object.keys(body));
    await announceChange(tx, { topic: 'models', organizationId });
  });
  await context.refresh(organizationId);
  return getModel(context, organizationId, slug);
}

/** Whether the connection that the change was planned for is another one by now. */
function hasMoved(before: ModelWithCredential, now: ModelWithCredential): boolean {
  const [a, b] = [before.model, now.model];
  const moved = a.providerModelId !== b.providerModelId || a.baseUrl !== b.baseUrl || a.region !== b.region || a.authKind !== b.authKind;
  return moved || a.credentialId !== b.credentialId || before.credential?.version !== now.credential?.version;
}

/** New prices begin a new time in the model's history, and may answer an open proposal. */
async function notePrices(tx: Transaction, principal: Principal, model: ModelRow): Promise<void> {
  await recordPrices(tx, principal, model.id, model);
  await settleProposal(tx, model);
}

type Columns = Partial<ModelRow>;

async function writeModel(tx: Transaction, organizationId: string, slug: string, columns: Columns): Promise<void> {
  const { models } = schema;
  await tx
    .update(models)
    .set({ ...columns, updatedAt: sql`now()` })
    .where(and(eq(models.organizationId, organizationId), eq(models.slug, slug)));
}
