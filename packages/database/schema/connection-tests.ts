import type { SuggestedPrices } from '@pipelines/contracts';
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { credentials } from './credentials.ts';
import { dataKeys } from './encryption.ts';
import { organizations } from './organizations.ts';

/** The stored result of a connection test: what the save consumes, once. */
export const connectionTests = pgTable(
  'connection_tests',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    /** The client holds the token; we know its hash. */
    tokenHash: bytea('token_hash').notNull(),
    actorType: text('actor_type').$type<'member' | 'api_key'>().notNull(),
    actorId: uuid('actor_id').notNull(),
    /** SHA-256 of the exact configuration in canonical form. */
    configDigest: bytea('config_digest').notNull(),
    passed: boolean('passed').notNull(),
    cause: text('cause'),
    latencyMs: integer('latency_ms').notNull(),
    /** The entered credential, sealed under this row, until it is saved or purged. */
    sealed: bytea('sealed'),
    dataKeyVersion: integer('data_key_version'),
    fingerprint: bytea('fingerprint'),
    preview: text('preview'),
    credentialExpiresAt: moment('credential_expires_at'),
    /** The saved credential that was used instead. */
    credentialId: uuid('credential_id'),
    credentialVersion: integer('credential_version'),
    suggestedPrices: jsonb('suggested_prices').$type<SuggestedPrices>(),
    /** Facts of the protocol that the test met and the model will need, such as the field for max tokens. */
    quirks: jsonb('quirks').$type<Record<string, unknown>>(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    consumedAt: moment('consumed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('connection_tests_token_hash_key').on(table.tokenHash),
    index('connection_tests_expires_at_idx').on(table.expiresAt),
    foreignKey({ columns: [table.organizationId, table.dataKeyVersion], foreignColumns: [dataKeys.organizationId, dataKeys.version] }),
    foreignKey({ columns: [table.organizationId, table.credentialId], foreignColumns: [credentials.organizationId, credentials.id] }),
  ],
);
