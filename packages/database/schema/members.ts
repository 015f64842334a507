import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** A person in an organization. */
export const members = pgTable(
  'members',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    /** Lower case; one member per address on this server. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<'admin' | 'builder' | 'viewer'>().notNull(),
    passwordHash: text('password_hash').notNull(),
    active: boolean('active').notNull().default(true),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('members_email_key').on(table.email),
    check('members_role_check', sql`${table.role} in ('admin', 'builder', 'viewer')`),
  ],
);

/** A signed-in browser. The cookie's token is known only by its hash. */
export const sessions = pgTable(
  'sessions',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    memberId: uuid('member_id').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    /** The absolute end; the idle end follows from `last_seen_at`. */
    expiresAt: moment('expires_at').notNull(),
    userAgent: text('user_agent'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('sessions_token_hash_key').on(table.tokenHash),
    foreignKey({ columns: [table.organizationId, table.memberId], foreignColumns: [members.organizationId, members.id] }),
  ],
);

/** An open door for one new member. */
export const invitations = pgTable(
  'invitations',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    email: text('email').notNull(),
    role: text('role').$type<'admin' | 'builder' | 'viewer'>().notNull(),
    tokenHash: bytea('token_hash').notNull(),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] }), uniqueIndex('invitations_token_hash_key').on(table.tokenHash)],
);

/** One-time links to create the first admin. They belong to the server: no organization exists yet. */
export const setupLinks = pgTable('setup_links', {
  tokenHash: bytea('token_hash').primaryKey(),
  createdAt: moment('created_at').notNull().defaultNow(),
});
