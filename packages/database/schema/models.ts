import type { ModelTask, PriceSource } from '@pipelines/contracts';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { credentials } from './credentials.ts';
import { organizations } from './organizations.ts';
import { priceColumns } from './price-columns.ts';
import { routingColumns } from './routing-columns.ts';

const settings = {
  displayName: text('display_name').notNull(),
  providerModelId: text('provider_model_id').notNull(),
  maxTokens: integer('max_tokens'),
  contextTokens: integer('context_tokens'),
  jsonMode: boolean('json_mode').notNull(),
  vision: boolean('vision').notNull(),
  toolUse: boolean('tool_use').notNull(),
  reasoning: boolean('reasoning').notNull(),
  reasoningParameter: text('reasoning_parameter').$type<'effort' | 'max_tokens'>(),
  ...priceColumns,
  priceSource: text('price_source').$type<PriceSource>(),
  active: boolean('active').notNull().default(true),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
};

/** The catalogue: models that are served with the operator's key, for every organization. Belongs to the server. */
export const platformModels = pgTable(
  'platform_models',
  {
    /** The model ID is the slug. */
    slug: text('slug').primaryKey(),
    ...settings,
    /** Its place in lists. */
    position: integer('position').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    /** False: known to the source only, and offered to nobody. */
    pinned: boolean('pinned').notNull().default(true),
    /** False: the source lists it no more. */
    listed: boolean('listed').notNull().default(true),
    /** The day from which on it may be gone, as `YYYY-MM-DD`. */
    retiresOn: text('retires_on'),
    /** Words that `reasoning.effort` may be; null: any, or not known. */
    reasoningEfforts: jsonb('reasoning_efforts').$type<string[]>(),
    inputModalities: jsonb('input_modalities').$type<string[]>(),
    /** When its source said all this. */
    sourceAt: moment('source_at').notNull().defaultNow(),
  },
  (table) => [index('platform_models_pinned_idx').on(table.position, table.slug).where(sql`pinned`)],
);

/** The custom models of an organization. */
export const models = pgTable(
  'models',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    slug: text('slug').notNull(),
    /** What it is called for. */
    task: text('task').$type<ModelTask>().notNull().default('chat'),
    ...settings,
    /** The source's own date of the prices, as it tells it, and where a person can read them. */
    priceDated: text('price_dated'),
    priceUrl: text('price_url'),
    provider: text('provider').notNull(),
    authKind: text('auth_kind').notNull(),
    baseUrl: text('base_url').notNull(),
    region: text('region'),
    /** Null where the provider wants none. */
    credentialId: uuid('credential_id'),
    quirks: jsonb('quirks').$type<Record<string, unknown>>().notNull().default({}),
    lastTestPassed: boolean('last_test_passed'),
    lastTestCause: text('last_test_cause'),
    lastTestLatencyMs: integer('last_test_latency_ms'),
    lastTestAt: moment('last_test_at'),
    /** Set by an edit of the connection, cleared by a passed test. */
    untestedSince: moment('untested_since'),
    /** How much its own credential takes next to those of `model_credentials`; 0: only when no other can serve. */
    credentialWeight: integer('credential_weight').notNull().default(1),
    ...routingColumns,
    createdBy: uuid('created_by'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('models_slug_key').on(table.organizationId, table.slug),
    index('models_name_idx').on(table.organizationId, sql`lower(${table.displayName})`, table.slug),
    index('models_credential_idx').on(
      table.organizationId,
      table.credentialId,
      table.active.desc().nullsFirst(),
      sql`lower(${table.displayName})`,
      table.slug,
    ),
    foreignKey({ columns: [table.organizationId, table.credentialId], foreignColumns: [credentials.organizationId, credentials.id] }),
    check('models_slug_check', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.slug}) <= 64`),
    check('models_task_check', sql`${table.task} in ('chat', 'embeddings')`),
    check('models_reasoning_check', sql`${table.reasoning} = (${table.reasoningParameter} is not null)`),
    check('models_credential_weight_check', sql`${table.credentialWeight} between 0 and 100`),
    check(
      'models_cost_check',
      sql`least(${table.inputCostPerToken}, ${table.outputCostPerToken}, ${table.cacheReadCostPerToken},
        ${table.cacheWriteCostPerToken}, ${table.reasoningCostPerToken}, ${table.costPerRequest}, ${table.costPerImage},
        ${table.audioInputCostPerToken}, ${table.audioOutputCostPerToken}, ${table.audioCacheReadCostPerToken}, ${table.costPerWebSearch}, 0) >= 0`,
    ),
  ],
);

/** One row: counts every change that a snapshot must follow. Belongs to the server. */
export const registryState = pgTable('registry_state', {
  id: integer('id').primaryKey().default(1),
  generation: bigint('generation', { mode: 'number' }).notNull().default(0),
});

/** References of published workflows to models: what the registry counts before a change. */
export const workflowModelReferences = pgTable(
  'workflow_model_references',
  {
    organizationId: organizationId().references(() => organizations.id),
    workflowId: uuid('workflow_id').notNull(),
    workflowName: text('workflow_name').notNull(),
    version: integer('version').notNull(),
    step: text('step').notNull(),
    slug: text('slug').notNull(),
    active: boolean('active').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.workflowId, table.version, table.step, table.slug] }),
    index('workflow_model_references_slug_idx').on(table.organizationId, table.slug),
  ],
);
