import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** Every reading of the source's model list, good or not. Belongs to the server, as the catalogue does. */
export const catalogueSyncs = pgTable(
  'catalogue_syncs',
  {
    /** Time-ordered (UUID v7). */
    id: uuid('id').primaryKey(),
    at: moment('at').notNull().defaultNow(),
    outcome: text('outcome').$type<'updated' | 'unchanged' | 'failed'>().notNull(),
    /** Why it failed: a cause of the closed list, or `implausible`. */
    cause: text('cause'),
    models: integer('models').notNull().default(0),
    changes: integer('changes').notNull().default(0),
  },
  (table) => [
    index('catalogue_syncs_at_idx').on(table.at.desc()),
    check('catalogue_syncs_outcome_check', sql`${table.outcome} in ('updated', 'unchanged', 'failed')`),
  ],
);

/** What has changed of the models of the catalogue, and when. Belongs to the server. */
export const catalogueChanges = pgTable(
  'catalogue_changes',
  {
    /** Time-ordered (UUID v7). */
    id: uuid('id').primaryKey(),
    at: moment('at').notNull().defaultNow(),
    slug: text('slug').notNull(),
    displayName: text('display_name').notNull(),
    kind: text('kind').$type<'added' | 'changed' | 'delisted' | 'relisted' | 'pinned' | 'unpinned'>().notNull(),
    /** Of `changed`: each field with its value before and after. */
    fields: jsonb('fields').$type<{ field: string; before: unknown; after: unknown }[]>().notNull().default([]),
  },
  (table) => [
    index('catalogue_changes_at_idx').on(table.at.desc(), table.id.desc()),
    index('catalogue_changes_slug_idx').on(table.slug, table.at.desc()),
    check('catalogue_changes_kind_check', sql`${table.kind} in ('added', 'changed', 'delisted', 'relisted', 'pinned', 'unpinned')`),
  ],
);
