import { foreignKey, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { dataKeys } from './encryption.ts';
import { organizations } from './organizations.ts';

/**
 * What was said in calls, where the organization keeps it: sealed, and bound to the call. Of `attempts` only the ID is
 * named, because rows of the log arrive by the journal, and may come later.
 */
export const attemptContents = pgTable(
  'attempt_contents',
  {
    organizationId: organizationId().references(() => organizations.id),
    attemptId: uuid('attempt_id').notNull(),
    sealed: bytea('sealed').notNull(),
    dataKeyVersion: integer('data_key_version').notNull(),
    keptAt: moment('kept_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.attemptId] }),
    index('attempt_contents_kept_idx').on(table.organizationId, table.keptAt),
    foreignKey({
      name: 'attempt_contents_data_key_fk',
      columns: [table.organizationId, table.dataKeyVersion],
      foreignColumns: [dataKeys.organizationId, dataKeys.version],
    }),
  ],
);
