import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** What a program authenticates with. The key is known only by its keyed hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    keyHash: bytea('key_hash').notNull(),
    lastFour: text('last_four').notNull(),
    role: text('role').$type<'admin' | 'builder' | 'viewer' | 'inference'>().notNull(),
    /** What becomes of a request that asks for a capability that the model does not have. */
    onUnsupported: text('on_unsupported').$type<'refuse' | 'drop'>().notNull().default('refuse'),
    /** Slugs that it may call; null means all. */
    allowedModels: text('allowed_models').array(),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('api_keys_key_hash_key').on(table.keyHash),
    index('api_keys_created_by_idx').on(table.organizationId, table.createdBy),
    check('api_keys_on_unsupported_check', sql`${table.onUnsupported} in ('refuse', 'drop')`),
    check('api_keys_role_check', sql`${table.role} in ('admin', 'builder', 'viewer', 'inference')`),
  ],
);
