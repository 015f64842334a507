import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { dataKeys } from './encryption.ts';
import { organizations } from './organizations.ts';

/** Real or pasted inputs of a model, tried on another one. */
export const replays = pgTable(
  'replays',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    /** The model whose place is at stake, and the one that may take it. */
    fromSlug: text('from_slug').notNull(),
    toSlug: text('to_slug').notNull(),
    inputsFrom: text('inputs_from').$type<'recent' | 'pasted'>().notNull(),
    inputs: integer('inputs').notNull(),
    state: text('state').$type<'running' | 'finished' | 'canceled'>().notNull().default('running'),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('replays_model_idx').on(table.organizationId, table.fromSlug, table.id.desc()),
    index('replays_open_idx').on(table.createdAt).where(sql`state = 'running'`),
    check('replays_state_check', sql`${table.state} in ('running', 'finished', 'canceled')`),
  ],
);

/** One input, sealed. Without contents once it is too old, or content logging was switched off. */
export const replayItems = pgTable(
  'replay_items',
  {
    organizationId: organizationId(),
    replayId: uuid('replay_id').notNull(),
    /** From 1. */
    item: integer('item').notNull(),
    sealedInput: bytea('sealed_input'),
    dataKeyVersion: integer('data_key_version').notNull(),
    /** Since when its content has been kept in the log; null for a pasted one. */
    keptAt: moment('kept_at'),
    /** Once both sides have ended. Null: there is nothing to compare. */
    sameText: boolean('same_text'),
    sameToolCalls: boolean('same_tool_calls'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.replayId, table.item] }),
    foreignKey({
      name: 'replay_items_replay_fk',
      columns: [table.organizationId, table.replayId],
      foreignColumns: [replays.organizationId, replays.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'replay_items_data_key_fk',
      columns: [table.organizationId, table.dataKeyVersion],
      foreignColumns: [dataKeys.organizationId, dataKeys.version],
    }),
  ],
);

/** What one of the two models made of an input. */
export const replayRuns = pgTable(
  'replay_runs',
  {
    organizationId: organizationId(),
    replayId: uuid('replay_id').notNull(),
    item: integer('item').notNull(),
    side: text('side').$type<'baseline' | 'candidate'>().notNull(),
    state: text('state').$type<'pending' | 'running' | 'succeeded' | 'failed' | 'canceled'>().notNull(),
    /** Who runs it, and until when it is theirs; after that anybody may. */
    claim: uuid('claim'),
    claimedUntil: moment('claimed_until'),
    attemptId: uuid('attempt_id'),
    promptTokens: integer('prompt_tokens'),
    completionTokens: integer('completion_tokens'),
    /** USD of all its calls; null is unknown. */
    cost: numeric('cost'),
    latencyMs: integer('latency_ms'),
    errorCode: text('error_code'),
    /** Null where the input asks for no JSON, and where there is no answer. */
    fitsSchema: boolean('fits_schema'),
    sealedAnswer: bytea('sealed_answer'),
    dataKeyVersion: integer('data_key_version'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.replayId, table.item, table.side] }),
    index('replay_runs_open_idx').on(table.claimedUntil).where(sql`state in ('pending', 'running')`),
    foreignKey({
      name: 'replay_runs_item_fk',
      columns: [table.organizationId, table.replayId, table.item],
      foreignColumns: [replayItems.organizationId, replayItems.replayId, replayItems.item],
    }).onDelete('cascade'),
    foreignKey({
      name: 'replay_runs_data_key_fk',
      columns: [table.organizationId, table.dataKeyVersion],
      foreignColumns: [dataKeys.organizationId, dataKeys.version],
    }),
    check('replay_runs_side_check', sql`${table.side} in ('baseline', 'candidate')`),
    check('replay_runs_state_check', sql`${table.state} in ('pending', 'running', 'succeeded', 'failed', 'canceled')`),
  ],
);
