import { PipelinesError, type PriceProposal, type priceProposalPageSchema, type priceProposalQuerySchema } from '@pipelines/contracts';
import { type Queries, schema, type Transaction } from '@pipelines/database';
import { and, desc, eq, lt, type SQL } from 'drizzle-orm';
import { validate } from 'uuid';
import type { z } from 'zod';
import { presentProposal } from './present-proposal.ts';

const { models, priceProposals, members, apiKeys } = schema;

/** Newest first. @throws PipelinesError `invalid_request` for a cursor that is none */
export async function listProposals(
  db: Queries,
  organizationId: string,
  { limit, cursor, state, slug }: z.output<typeof priceProposalQuerySchema>,
): Promise<z.infer<typeof priceProposalPageSchema>> {
  if (cursor !== undefined && !validate(cursor)) {
    throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
  }
  const rows = await selectProposals(
    db,
    and(
      eq(priceProposals.organizationId, organizationId),
      state === undefined ? undefined : eq(priceProposals.state, state),
      slug === undefined ? undefined : eq(models.slug, slug.replaceAll('\0', '')),
      cursor === undefined ? undefined : lt(priceProposals.id, cursor),
    ),
  )
    .orderBy(desc(priceProposals.id))
    .limit(limit + 1);
  const data = rows.slice(0, limit).map(toProposal);
  return { data, next_cursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

/** @throws PipelinesError `not_found` */
export async function findProposal(db: Queries | Transaction, organizationId: string, id: string): Promise<PriceProposal> {
  const [row] = await selectProposals(db, and(eq(priceProposals.organizationId, organizationId), eq(priceProposals.id, id)));
  if (!row) throw new PipelinesError('not_found');
  return toProposal(row);
}

function selectProposals(db: Queries | Transaction, where: SQL | undefined) {
  return db
    .select({ proposal: priceProposals, model: models, memberName: members.name, keyName: apiKeys.name })
    .from(priceProposals)
    .innerJoin(models, and(eq(models.organizationId, priceProposals.organizationId), eq(models.id, priceProposals.modelId)))
    .leftJoin(members, and(eq(members.organizationId, priceProposals.organizationId), eq(members.id, priceProposals.actorId)))
    .leftJoin(apiKeys, and(eq(apiKeys.organizationId, priceProposals.organizationId), eq(apiKeys.id, priceProposals.actorId)))
    .where(where)
    .$dynamic();
}

type SelectedProposal = Awaited<ReturnType<typeof selectProposals>>[number];

function toProposal({ proposal, model, memberName, keyName }: SelectedProposal): PriceProposal {
  return presentProposal({ proposal, model, actorName: memberName ?? keyName });
}
