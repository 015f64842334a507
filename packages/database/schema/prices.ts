import type { PriceSet, PriceSource } from '@pipelines/contracts';
import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { models, platformModels } from './models.ts';
import { organizations } from './organizations.ts';
import { priceColumns } from './price-columns.ts';

/** Each price set that a custom model has had: from its moment on until the next one. Append-only. */
export const modelPrices = pgTable(
  'model_prices',
  {
    organizationId: organizationId().references(() => organizations.id),
    /** Time-ordered (UUID v7). */
    id: uuid('id').notNull(),
    modelId: uuid('model_id').notNull(),
    since: moment('since').notNull().defaultNow(),
    ...priceColumns,
    priceSource: text('price_source').$type<PriceSource>(),
    priceDated: text('price_dated'),
    priceUrl: text('price_url'),
    /** Who set it; null: there before anybody took notes. */
    actorType: text('actor_type').$type<'member' | 'api_key' | 'system'>(),
    actorId: uuid('actor_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('model_prices_model_idx').on(table.organizationId, table.modelId, table.id.desc()),
    foreignKey({ columns: [table.organizationId, table.modelId], foreignColumns: [models.organizationId, models.id] }),
  ],
);

/** The same of the platform models that are offered. Belongs to the server. */
export const platformModelPrices = pgTable(
  'platform_model_prices',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    slug: text('slug')
      .notNull()
      .references(() => platformModels.slug, { onDelete: 'cascade' }),
    since: moment('since').notNull(),
    ...priceColumns,
    priceSource: text('price_source').$type<PriceSource>(),
  },
  (table) => [index('platform_model_prices_slug_idx').on(table.slug, table.id.desc())],
);

/** What a source says: a whole price, or parts of one. */
type SaidPrices = Pick<PriceSet, 'input_cost_per_token' | 'output_cost_per_token'> & Partial<PriceSet>;

type SaidBy = Exclude<PriceSource, 'manual'>;

/** The last look at what the sources say of a custom model's prices. */
export const priceChecks = pgTable(
  'price_checks',
  {
    organizationId: organizationId().references(() => organizations.id),
    modelId: uuid('model_id').notNull(),
    at: moment('at').notNull(),
    outcome: text('outcome').$type<'same' | 'differs' | 'dismissed' | 'silent'>().notNull(),
    /** What a source has said last, if one ever did. */
    said: jsonb('said').$type<SaidPrices>(),
    source: text('source').$type<SaidBy>(),
    dated: text('dated'),
    url: text('url'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.modelId] }),
    foreignKey({ columns: [table.organizationId, table.modelId], foreignColumns: [models.organizationId, models.id] }),
    check('price_checks_outcome_check', sql`${table.outcome} in ('same', 'differs', 'dismissed', 'silent')`),
  ],
);

/** Another price that a source has told of a custom model: for people to take or to dismiss. */
export const priceProposals = pgTable(
  'price_proposals',
  {
    organizationId: organizationId().references(() => organizations.id),
    /** Time-ordered (UUID v7). */
    id: uuid('id').notNull(),
    modelId: uuid('model_id').notNull(),
    at: moment('at').notNull().defaultNow(),
    state: text('state').$type<'open' | 'accepted' | 'dismissed' | 'overtaken'>().notNull().default('open'),
    said: jsonb('said').$type<SaidPrices>().notNull(),
    source: text('source').$type<SaidBy>().notNull(),
    dated: text('dated'),
    url: text('url'),
    decidedAt: moment('decided_at'),
    actorType: text('actor_type').$type<'member' | 'api_key' | 'system'>(),
    actorId: uuid('actor_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('price_proposals_open_key').on(table.organizationId, table.modelId).where(sql`state = 'open'`),
    index('price_proposals_model_idx').on(table.organizationId, table.modelId, table.id.desc()),
    foreignKey({ columns: [table.organizationId, table.modelId], foreignColumns: [models.organizationId, models.id] }),
    check('price_proposals_state_check', sql`${table.state} in ('open', 'accepted', 'dismissed', 'overtaken')`),
  ],
);
