import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** A known text sealed under each operator key: tells a wrong key at start. Belongs to the server. */
export const encryptionKeyChecks = pgTable('encryption_key_checks', {
  kid: text('kid').primaryKey(),
  sealed: bytea('sealed').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** Secrets that the server makes for itself once (API-key pepper, fingerprint root), wrapped by an operator key. */
export const serverSecrets = pgTable('server_secrets', {
  name: text('name').primaryKey(),
  kid: text('kid').notNull(),
  sealed: bytea('sealed').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** The data keys of an organization, wrapped by an operator key. */
export const dataKeys = pgTable(
  'data_keys',
  {
    organizationId: organizationId().references(() => organizations.id),
    version: integer('version').notNull(),
    kid: text('kid').notNull(),
    wrapped: bytea('wrapped').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.version] })],
);
