import {
  type CatalogueModel,
  type catalogueModelPageSchema,
  type catalogueModelQuerySchema,
  type ModelHealth,
  PipelinesError,
} from '@pipelines/contracts';
import { type Queries, schema } from '@pipelines/database';
import { and, asc, gt, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { readHealth } from '../health/read-health.ts';
import { capabilitiesOf, type PlatformModelRow } from '../models/model-rows.ts';
import { searchPattern } from '../models/search-pattern.ts';
import { trimDecimal } from '../models/trim-decimal.ts';
import { presentTier } from '../price-book/unit-prices.ts';

const { platformModels } = schema;
const isOffered = sql`(${platformModels.pinned} and ${platformModels.active})`;

/** By slug. @throws PipelinesError `invalid_request` for a cursor that is none */
export async function listCatalogueModels(
  db: Queries,
  { limit, cursor, offered, search }: z.output<typeof catalogueModelQuerySchema>,
  organizationId: string | null,
): Promise<z.infer<typeof catalogueModelPageSchema>> {
  const wanted = search?.trim();
  const rows = await db
    .select()
    .from(platformModels)
    .where(
      and(
        cursor === undefined ? undefined : gt(platformModels.slug, readCursor(cursor)),
        offered === undefined ? undefined : offered === 'true' ? isOffered : sql`not ${isOffered}`,
        wanted ? searchCondition(wanted) : undefined,
      ),
    )
    .orderBy(asc(platformModels.slug))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const slugs = organizationId === null ? [] : page.map(({ slug }) => slug);
  const healthOf = await readHealth(db, organizationId ?? '', 'model', slugs);
  return {
    data: page.map((row) => present(row, healthOf(row.slug))),
    next_cursor: rows.length > limit && last ? Buffer.from(last.slug).toString('base64url') : null,
  };
}

function readCursor(cursor: string): string {
  const slug = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^[\x21-\x7e]{1,300}$/.test(slug)) return slug;
  throw new PipelinesError('invalid_request', { fields: [{ field: 'cursor', message: 'Not a cursor of this list' }] });
}

/** `%` and `_` mean themselves. */
function searchCondition(text: string): SQL | undefined {
  const pattern = searchPattern(text);
  return or(ilike(platformModels.displayName, pattern), ilike(platformModels.slug, pattern));
}

function present(row: PlatformModelRow, health: ModelHealth): CatalogueModel {
  return {
    slug: row.slug,
    display_name: row.displayName,
    offered: row.pinned && row.active,
    health,
    listed: row.listed,
    retires_on: row.retiresOn,
    context_tokens: row.contextTokens,
    max_tokens: row.maxTokens,
    capabilities: capabilitiesOf(row),
    reasoning_efforts: row.reasoningEfforts,
    input_cost_per_token: trimDecimal(row.inputCostPerToken),
    output_cost_per_token: trimDecimal(row.outputCostPerToken),
    price_tiers: row.priceTiers.map(presentTier),
  };
}
