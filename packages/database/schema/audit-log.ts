import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** Who changed what. Append-only; names of fields, never their values. */
export const auditLog = pgTable(
  'audit_log',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    at: moment('at').notNull().defaultNow(),
    actorType: text('actor_type').$type<'member' | 'api_key' | 'system'>().notNull(),
    actorId: uuid('actor_id'),
    /** Such as `model.created`, `member.role_changed`. */
    action: text('action').notNull(),
    objectType: text('object_type').notNull(),
    objectId: text('object_id'),
    fieldNames: text('field_names').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('audit_log_at_idx').on(table.organizationId, table.at, table.id),
  ],
);
