import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { credentials } from './credentials.ts';
import { models, platformModels } from './models.ts';
import { organizations } from './organizations.ts';
import { routingColumns } from './routing-columns.ts';

/** Credentials that serve a model beside its own, each toward its own destination. */
export const modelCredentials = pgTable(
  'model_credentials',
  {
    organizationId: organizationId().references(() => organizations.id),
    modelId: uuid('model_id').notNull(),
    credentialId: uuid('credential_id').notNull(),
    /** How much it takes next to the others; 0: only when no other can serve. */
    weight: integer('weight').notNull().default(1),
    /** Its place in lists. */
    position: integer('position').notNull(),
    /** The model ID that a passed test has proved it with. It serves no other. */
    provenModelId: text('proven_model_id').notNull(),
    /** Facts of the protocol that the test met at this destination. */
    quirks: jsonb('quirks').$type<Record<string, unknown>>().notNull().default({}),
    provenAt: moment('proven_at').notNull().defaultNow(),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.modelId, table.credentialId] }),
    index('model_credentials_credential_idx').on(table.organizationId, table.credentialId),
    foreignKey({
      name: 'model_credentials_model_fk',
      columns: [table.organizationId, table.modelId],
      foreignColumns: [models.organizationId, models.id],
    }),
    foreignKey({
      name: 'model_credentials_credential_fk',
      columns: [table.organizationId, table.credentialId],
      foreignColumns: [credentials.organizationId, credentials.id],
    }),
    check('model_credentials_weight_check', sql`${table.weight} between 0 and 100`),
  ],
);

/** Models that stand in for a model, in order. */
export const modelFallbacks = pgTable(
  'model_fallbacks',
  {
    organizationId: organizationId().references(() => organizations.id),
    modelId: uuid('model_id').notNull(),
    position: integer('position').notNull(),
    /** Of a custom or a platform model. */
    slug: text('slug').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.modelId, table.position] }),
    uniqueIndex('model_fallbacks_slug_key').on(table.organizationId, table.modelId, table.slug),
    index('model_fallbacks_slug_idx').on(table.organizationId, table.slug),
    foreignKey({
      name: 'model_fallbacks_model_fk',
      columns: [table.organizationId, table.modelId],
      foreignColumns: [models.organizationId, models.id],
    }),
  ],
);

/** What an organization has set for its own calls of a platform model. Goes when the catalogue offers the model no more. */
export const platformModelRoutings = pgTable(
  'platform_model_routings',
  {
    organizationId: organizationId().references(() => organizations.id),
    slug: text('slug')
      .notNull()
      .references(() => platformModels.slug, { onDelete: 'cascade' }),
    ...routingColumns,
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.slug] }), index('platform_model_routings_slug_idx').on(table.slug)],
);

/** Models that stand in for a platform model in the calls of an organization, in order. */
export const platformModelFallbacks = pgTable(
  'platform_model_fallbacks',
  {
    organizationId: organizationId().references(() => organizations.id),
    modelSlug: text('model_slug').notNull(),
    position: integer('position').notNull(),
    /** Of a custom or a platform model. */
    slug: text('slug').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.modelSlug, table.position] }),
    uniqueIndex('platform_model_fallbacks_slug_key').on(table.organizationId, table.modelSlug, table.slug),
    index('platform_model_fallbacks_slug_idx').on(table.organizationId, table.slug),
    foreignKey({
      name: 'platform_model_fallbacks_routing_fk',
      columns: [table.organizationId, table.modelSlug],
      foreignColumns: [platformModelRoutings.organizationId, platformModelRoutings.slug],
    }).onDelete('cascade'),
  ],
);

/** Other names of an organization for a model. */
export const modelAliases = pgTable(
  'model_aliases',
  {
    organizationId: organizationId().references(() => organizations.id),
    name: text('name').notNull(),
    /** Of a custom or a platform model. */
    slug: text('slug').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.name] }),
    index('model_aliases_slug_idx').on(table.organizationId, table.slug),
    check('model_aliases_name_check', sql`${table.name} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.name}) <= 64`),
  ],
);
