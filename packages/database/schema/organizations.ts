import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** The tenants. */
export const organizations = pgTable('organizations', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  /** Slug of the default model; null means the catalogue's default. */
  defaultModel: text('default_model'),
  createdAt: moment('created_at').notNull().defaultNow(),
});
