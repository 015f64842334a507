import type { ProbeCheck, ReasoningParameter } from '@pipelines/contracts';
import { index, integer, jsonb, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** What was measured of a connection's model, whether it was saved or not. */
export const capabilityProbes = pgTable(
  'capability_probes',
  {
    organizationId: organizationId().references(() => organizations.id),
    /** Time-ordered (UUID v7). */
    id: uuid('id').notNull(),
    at: moment('at').notNull().defaultNow(),
    /** Of destination and provider model ID: whoever has the same was measured too. */
    connectionDigest: bytea('connection_digest').notNull(),
    /** The model that it was measured for; null while it was not saved. */
    slug: text('slug'),
    checks: jsonb('checks').$type<ProbeCheck[]>().notNull(),
    reasoningParameter: text('reasoning_parameter').$type<ReasoningParameter>(),
    quirks: jsonb('quirks').$type<Record<string, unknown>>().notNull().default({}),
    calls: integer('calls').notNull(),
    cost: numeric('cost'),
    createdBy: uuid('created_by'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('capability_probes_digest_idx').on(table.organizationId, table.connectionDigest, table.id.desc()),
    index('capability_probes_slug_idx').on(table.organizationId, table.slug, table.id.desc()),
  ],
);
