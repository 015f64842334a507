import type { PriceSource, Principal } from '@pipelines/contracts';
import { schema, type Transaction } from '@pipelines/database';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { type PriceColumns, plainColumnsOf, plainPrices } from './unit-prices.ts';

/** A price set with where it comes from, as a row holds it. */
export interface OriginColumns {
  readonly priceSource: PriceSource | null;
  readonly priceDated: string | null;
  readonly priceUrl: string | null;
}

/** Writes down that a custom model costs this from now on, in the transaction that makes it so. */
export async function recordPrices(
  tx: Transaction,
  { organizationId, actor }: Pick<Principal, 'organizationId' | 'actor'>,
  modelId: string,
  prices: PriceColumns & OriginColumns,
): Promise<void> {
  const { priceTiers, priceSource, priceDated, priceUrl } = prices;
  await tx.insert(schema.modelPrices).values({
    organizationId,
    id: uuidv7(),
    modelId,
    ...plainColumnsOf(prices),
    priceTiers,
    priceSource,
    priceDated,
    priceUrl,
    actorType: actor.type,
    actorId: actor.id,
  });
}

const columns = sql.raw([...plainPrices, 'price_tiers'].join(', '));

/** Writes down the prices of each platform model that is offered and costs something else than was written last. */
export async function recordPlatformPrices(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    insert into platform_model_prices (slug, since, price_source, ${columns})
    select now.slug, now.source_at, now.price_source, ${columns} from platform_models now
    where now.pinned and row(${columns}) is distinct from (
      select row(${columns}) from platform_model_prices known where known.slug = now.slug order by known.id desc limit 1)
    order by now.position, now.slug`);
}
