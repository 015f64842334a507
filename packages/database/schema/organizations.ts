import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** The tenants. */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** Slug of the default model; null means the catalogue's default. */
    defaultModel: text('default_model'),
    /** Days for which contents of calls are kept; null: they are not. */
    contentRetentionDays: integer('content_retention_days'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [check('organizations_content_retention_check', sql`${table.contentRetentionDays} between 1 and 90`)],
);
