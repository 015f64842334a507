import { schema, type Transaction } from '@pipelines/database';
import { and, desc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { ModelRow } from '../models/model-rows.ts';
import type { CheckRow } from './present-check.ts';
import type { ProposalRow } from './present-proposal.ts';
import { completePrices, type SourcePrices } from './sourced-prices.ts';
import { isSamePriceSet, presentPrices } from './unit-prices.ts';

const { models, priceChecks, priceProposals } = schema;
type Said = SourcePrices['prices'];

/**
 * Compares what a source says with what the model costs. Another price becomes an open proposal, in the place of one before;
 * what was dismissed stays so until the source says something else. The model's own prices are never touched.
 *
 * @param asked the model as it was when its source was asked: of another one by now nothing has been said
 * @param said null: no source knows, or none could be read
 */
export async function noteCheck(
  tx: Transaction,
  asked: Pick<ModelRow, 'organizationId' | 'id' | 'providerModelId'>,
  said: SourcePrices | null,
): Promise<CheckRow | null> {
  const { organizationId, id: modelId } = asked;
  const [model] = await tx
    .select()
    .from(models)
    .where(and(eq(models.organizationId, organizationId), eq(models.id, modelId)))
    .for('update');
  if (!model || model.providerModelId !== asked.providerModelId) return null;
  const last = await readCheck(tx, model);
  if (said === null) return writeCheck(tx, model, { outcome: 'silent' });
  const told = { said: said.prices, source: said.source, dated: said.dated, url: said.url };
  const ours = presentPrices(model);
  if (isSamePriceSet(completePrices(said.prices, ours), ours)) {
    await overtake(tx, model);
    return writeCheck(tx, model, { outcome: 'same', ...told });
  }
  const open = await findProposal(tx, model, 'open');
  if (open && saysSame(open.said, said.prices)) return writeCheck(tx, model, { outcome: 'differs', ...told });
  const dismissed = open ? null : await findProposal(tx, model, 'dismissed');
  const isNews = last?.said == null || !saysSame(last.said, said.prices);
  if (dismissed && !isNews && saysSame(dismissed.said, said.prices)) return writeCheck(tx, model, { outcome: 'dismissed', ...told });
  await overtake(tx, model);
  await tx.insert(priceProposals).values({ organizationId, id: uuidv7(), modelId, ...told });
  return writeCheck(tx, model, { outcome: 'differs', ...told });
}

/** An open proposal is no question any more once the model costs what it proposes. */
export async function settleProposal(tx: Transaction, model: ModelRow): Promise<void> {
  const open = await findProposal(tx, model, 'open');
  const ours = presentPrices(model);
  if (open && isSamePriceSet(completePrices(open.said, ours), ours)) await overtake(tx, model);
}

/** What sources have said of the model that it was: nobody may take it for what it is now. It is asked of anew. */
export async function forgetSaid(tx: Transaction, model: ModelRow): Promise<void> {
  await overtake(tx, model);
  await tx.delete(priceChecks).where(and(eq(priceChecks.organizationId, model.organizationId), eq(priceChecks.modelId, model.id)));
}

export async function readCheck(
  tx: Transaction,
  { organizationId, id }: Pick<ModelRow, 'organizationId' | 'id'>,
): Promise<CheckRow | null> {
  const [row] = await tx
    .select()
    .from(priceChecks)
    .where(and(eq(priceChecks.organizationId, organizationId), eq(priceChecks.modelId, id)));
  return row ?? null;
}

/** What a silent source has said before is kept: saying it again is no news. */
async function writeCheck(
  tx: Transaction,
  { organizationId, id: modelId }: ModelRow,
  check: Pick<CheckRow, 'outcome'> & Partial<Pick<CheckRow, 'said' | 'source' | 'dated' | 'url'>>,
): Promise<CheckRow> {
  const [row] = await tx
    .insert(priceChecks)
    .values({ organizationId, modelId, at: new Date(), ...check })
    .onConflictDoUpdate({ target: [priceChecks.organizationId, priceChecks.modelId], set: { at: new Date(), ...check } })
    .returning();
  return row as CheckRow;
}

async function findProposal(tx: Transaction, { organizationId, id }: ModelRow, state: ProposalRow['state']): Promise<ProposalRow | null> {
  const [row] = await tx
    .select()
    .from(priceProposals)
    .where(and(eq(priceProposals.organizationId, organizationId), eq(priceProposals.modelId, id), eq(priceProposals.state, state)))
    .orderBy(desc(priceProposals.id))
    .limit(1);
  return row ?? null;
}

async function overtake(tx: Transaction, { organizationId, id }: ModelRow): Promise<void> {
  await tx
    .update(priceProposals)
    .set({ state: 'overtaken', decidedAt: new Date() })
    .where(and(eq(priceProposals.organizationId, organizationId), eq(priceProposals.modelId, id), eq(priceProposals.state, 'open')));
}

function saysSame(a: Said, b: Said): boolean {
  return isSamePriceSet(completePrices(a), completePrices(b));
}
