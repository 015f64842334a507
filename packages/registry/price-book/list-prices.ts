import { PipelinesError, type PricePeriod, type pageQuery, type pricePeriodPageSchema } from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { presetOf } from '@pipelines/providers';
import { and, desc, eq, lt } from 'drizzle-orm';
import { validate } from 'uuid';
import type { z } from 'zod';
import { findModel, findPlatformModel } from '../models/model-rows.ts';
import { presentCheck } from './present-check.ts';
import { presentActor } from './present-proposal.ts';
import { presentPrices } from './unit-prices.ts';

type Page = z.infer<typeof pricePeriodPageSchema>;
interface PageQuery {
  readonly limit: z.output<typeof pageQuery.limit>;
  readonly cursor?: string | undefined;
}

const { modelPrices, platformModelPrices, priceChecks, members, apiKeys } = schema;

/** The price sets of a model, newest first. @throws PipelinesError `model_not_found`, `invalid_request` for a cursor that is none */
export async function listPrices(db: Queries, organizationId: string, slug: string, query: PageQuery): Promise<Page> {
  const custom = await findModel(db, organizationId, slug);
  if (custom) return listCustom(db, organizationId, custom.model.id, query);
  if (!(await findPlatformModel(db, slug))) throw new PipelinesError('model_not_found');
  return listPlatform(db, slug, query);
}

async function listCustom(db: Queries, organizationId: string, modelId: string, { limit, cursor }: PageQuery): Promise<Page> {
  if (cursor !== undefined && !validate(cursor)) throw notACursor();
  const ofModel = and(eq(modelPrices.organizationId, organizationId), eq(modelPrices.modelId, modelId));
  const rows = await db
    .select({ price: modelPrices, memberName: members.name, keyName: apiKeys.name })
    .from(modelPrices)
    .leftJoin(members, and(eq(members.organizationId, modelPrices.organizationId), eq(members.id, modelPrices.actorId)))
    .leftJoin(apiKeys, and(eq(apiKeys.organizationId, modelPrices.organizationId), eq(apiKeys.id, modelPrices.actorId)))
    .where(and(ofModel, cursor ? lt(modelPrices.id, cursor) : undefined))
    .orderBy(desc(modelPrices.id))
    .limit(limit + 1);
  const [after] = cursor
    ? await db
        .select({ since: modelPrices.since })
        .from(modelPrices)
        .where(and(ofModel, eq(modelPrices.id, cursor)))
    : [];
  const periods = rows.map(({ price, memberName, keyName }) => ({
    id: price.id,
    since: price.since.toISOString(),
    ...presentPrices(price),
    price_source: price.priceSource,
    price_dated: price.priceDated,
    price_url: price.priceUrl,
    set_by: presentActor(price, memberName ?? keyName),
  }));
  const [check] = await db
    .select()
    .from(priceChecks)
    .where(and(eq(priceChecks.organizationId, organizationId), eq(priceChecks.modelId, modelId)));
  return { ...toPage(periods, limit, after?.since.toISOString() ?? null), last_check: check ? presentCheck(check) : null };
}

async function listPlatform(db: Queries, slug: string, { limit, cursor }: PageQuery): Promise<Page> {
  const before = cursor === undefined ? null : Number(cursor);
  if (before !== null && !Number.isSafeInteger(before)) throw notACursor();
  const rows = await db
    .select()
    .from(platformModelPrices)
    .where(and(eq(platformModelPrices.slug, slug), before === null ? undefined : lt(platformModelPrices.id, before)))
    .orderBy(desc(platformModelPrices.id))
    .limit(limit + 1);
  const [after] =
    before === null
      ? []
      : await db
          .select({ since: platformModelPrices.since })
          .from(platformModelPrices)
          .where(and(eq(platformModelPrices.slug, slug), eq(platformModelPrices.id, before)));
  const periods = rows.map((row) => ({
    id: String(row.id),
    since: row.since.toISOString(),
    ...presentPrices(row),
    price_source: row.priceSource,
    price_dated: row.since.toISOString().slice(0, 10),
    price_url: presetOf('openrouter').pricesUrl,
    set_by: null,
  }));
  return { ...toPage(periods, limit, after?.since.toISOString() ?? null), last_check: null };
}

/** Each holds until the next one began. */
function toPage(
  periods: readonly Omit<PricePeriod, 'until'>[],
  limit: number,
  firstUntil: string | null,
): Pick<Page, 'data' | 'next_cursor'> {
  const data = periods
    .slice(0, limit)
    .map((period, index) => ({ ...period, until: index === 0 ? firstUntil : (periods[index - 1]?.since ?? null) }));
  return { data, next_cursor: periods.length > limit ? (data.at(-1)?.id ?? null) : null };
}

function notACursor(): PipelinesError {
  return new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
}
