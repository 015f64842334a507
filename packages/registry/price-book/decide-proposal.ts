import { type Model, PipelinesError, type PriceProposal, type Principal } from '@pipelines/contracts';
import { announceChange, schema, type Transaction } from '@pipelines/database';
import { recordAudit } from '@pipelines/identity';
import { and, eq, sql } from 'drizzle-orm';
import { validate } from 'uuid';
import { getModel } from '../get-model.ts';
import type { ModelRow } from '../models/model-rows.ts';
import type { RegistryContext } from '../registry-context.ts';
import { findProposal } from './list-proposals.ts';
import type { ProposalRow } from './present-proposal.ts';
import { recordPrices } from './record-prices.ts';
import { completePrices } from './sourced-prices.ts';
import { presentPrices, toPriceColumns } from './unit-prices.ts';

const { models, priceProposals } = schema;

/** From now on the model costs what the source says; what was charged before stays. @throws PipelinesError `not_found`, `conflict`, `model_inactive` */
export async function acceptProposal(context: RegistryContext, principal: Principal, id: string): Promise<Model> {
  const { organizationId } = principal;
  const slug = await context.database.db.transaction(async (tx) => {
    const { proposal, model } = await decide(tx, principal, id, 'accepted');
    if (!model.active) throw new PipelinesError('model_inactive');
    const prices = {
      ...toPriceColumns(completePrices(proposal.said, presentPrices(model))),
      priceSource: proposal.source,
      priceDated: proposal.dated,
      priceUrl: proposal.url,
    };
    await tx
      .update(models)
      .set({ ...prices, updatedAt: sql`now()` })
      .where(and(eq(models.organizationId, organizationId), eq(models.id, model.id)));
    await recordPrices(tx, principal, model.id, prices);
    await recordAudit(tx, principal, 'model.prices_accepted', { type: 'model', id: model.slug }, ['prices']);
    await announceChange(tx, { topic: 'models', organizationId });
    return model.slug;
  });
  await context.refresh(organizationId);
  return getModel(context, organizationId, slug);
}

/** The model's prices stay, until the source says something else. @throws PipelinesError `not_found`, `conflict` */
export async function dismissProposal({ database }: RegistryContext, principal: Principal, id: string): Promise<PriceProposal> {
  return database.db.transaction(async (tx) => {
    const { model } = await decide(tx, principal, id, 'dismissed');
    await recordAudit(tx, principal, 'model.prices_dismissed', { type: 'model', id: model.slug }, ['prices']);
    return findProposal(tx, principal.organizationId, id);
  });
}

/** Of two who decide at the same time one does. The model's row is locked first, as everywhere, so that nobody waits in a circle. */
async function decide(
  tx: Transaction,
  { organizationId, actor }: Principal,
  id: string,
  state: 'accepted' | 'dismissed',
): Promise<{ readonly proposal: ProposalRow; readonly model: ModelRow }> {
  const ours = and(eq(priceProposals.organizationId, organizationId), eq(priceProposals.id, validate(id) ? id : unknownId));
  const [found] = await tx.select({ modelId: priceProposals.modelId }).from(priceProposals).where(ours);
  if (!found) throw new PipelinesError('not_found', { detail: 'There is no such price proposal.' });
  const [model] = await tx
    .select()
    .from(models)
    .where(and(eq(models.organizationId, organizationId), eq(models.id, found.modelId)))
    .for('update');
  const [proposal] = await tx
    .update(priceProposals)
    .set({ state, decidedAt: new Date(), actorType: actor.type, actorId: actor.id })
    .where(and(ours, eq(priceProposals.state, 'open')))
    .returning();
  if (!model || !proposal) {
    throw new PipelinesError('conflict', {
      detail: 'This price proposal is open no more.',
      fix: 'See the prices of the model as they are now.',
    });
  }
  return { proposal, model };
}

const unknownId = '00000000-0000-0000-0000-000000000000';
