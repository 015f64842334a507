import type { OpenProposal, PriceProposal } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, eq, inArray } from 'drizzle-orm';
import { completePrices } from './sourced-prices.ts';
import { type PriceColumns, presentPrices } from './unit-prices.ts';

export type ProposalRow = typeof schema.priceProposals.$inferSelect;

const { priceProposals } = schema;

/** What a model would cost by it. */
export function presentOpenProposal(row: ProposalRow, model: PriceColumns): OpenProposal {
  return {
    id: row.id,
    at: row.at.toISOString(),
    ...completePrices(row.said, presentPrices(model)),
    price_source: row.source,
    price_dated: row.dated,
    price_url: row.url,
  };
}

export interface ProposalWithNames {
  readonly proposal: ProposalRow;
  readonly model: PriceColumns & { readonly slug: string; readonly displayName: string };
  readonly actorName: string | null;
}

export function presentProposal({ proposal, model, actorName }: ProposalWithNames): PriceProposal {
  return {
    ...presentOpenProposal(proposal, model),
    slug: model.slug,
    display_name: model.displayName,
    state: proposal.state,
    current: presentPrices(model),
    decided_at: proposal.decidedAt?.toISOString() ?? null,
    decided_by: presentActor(proposal, actorName),
  };
}

export function presentActor({ actorType, actorId }: Pick<ProposalRow, 'actorType' | 'actorId'>, name: string | null) {
  return actorType === null ? null : { type: actorType, id: actorId, name };
}

/** The open proposals of these models, by model. */
export async function readOpenProposals(
  db: Queries | Transaction,
  organizationId: string,
  modelIds: readonly string[],
): Promise<ReadonlyMap<string, ProposalRow>> {
  if (modelIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(priceProposals)
    .where(
      and(
        eq(priceProposals.organizationId, organizationId),
        inArray(priceProposals.modelId, [...modelIds]),
        eq(priceProposals.state, 'open'),
      ),
    );
  return new Map(rows.map((row) => [row.modelId, row]));
}
