import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { dataKeys } from './encryption.ts';
import { organizations } from './organizations.ts';

/** The sealed secret of a provider account, usable for one destination, shared by models. */
export const credentials = pgTable(
  'credentials',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    /** Counts replacements of the secret; bound into the ciphertext. */
    version: integer('version').notNull().default(1),
    provider: text('provider').notNull(),
    authKind: text('auth_kind').notNull(),
    /** The destination: the only place where it is sent. */
    baseUrl: text('base_url').notNull(),
    region: text('region'),
    /** Null after deletion. */
    sealed: bytea('sealed'),
    dataKeyVersion: integer('data_key_version').notNull(),
    /** Masked when written, so that lists never decrypt. */
    preview: text('preview').notNull(),
    /** Keyed hash of the secret: equal within an organization when the secret is. */
    fingerprint: bytea('fingerprint').notNull(),
    expiresAt: moment('expires_at'),
    /** The end was typed by hand: the secret itself does not tell it. */
    expiryTyped: boolean('expiry_typed').notNull().default(false),
    /** The secret before a replacement, sealed under its own version, until the new one has worked. All null otherwise. */
    previousSealed: bytea('previous_sealed'),
    previousVersion: integer('previous_version'),
    previousDataKeyVersion: integer('previous_data_key_version'),
    previousPreview: text('previous_preview'),
    previousFingerprint: bytea('previous_fingerprint'),
    previousExpiresAt: moment('previous_expires_at'),
    previousExpiryTyped: boolean('previous_expiry_typed'),
    /** When the secret was last replaced. */
    replacedAt: moment('replaced_at'),
    /** The last new secret that the provider refused, masked; null once another one is tried. */
    refusedPreview: text('refused_preview'),
    refusedAt: moment('refused_at'),
    createdBy: uuid('created_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('credentials_fingerprint_idx').on(table.organizationId, table.fingerprint),
    foreignKey({ columns: [table.organizationId, table.dataKeyVersion], foreignColumns: [dataKeys.organizationId, dataKeys.version] }),
    foreignKey({
      name: 'credentials_previous_data_key_fk',
      columns: [table.organizationId, table.previousDataKeyVersion],
      foreignColumns: [dataKeys.organizationId, dataKeys.version],
    }),
    check(
      'credentials_previous_check',
      sql`num_nulls(${table.previousSealed}, ${table.previousVersion}, ${table.previousDataKeyVersion}, ${table.previousPreview}, ${table.previousFingerprint}, ${table.previousExpiryTyped}) in (0, 6)`,
    ),
  ],
);
