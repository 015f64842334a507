import { date, integer, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

/** A day's calls of a model whose provider has told a cost of its own: its figures beside ours. */
export const costComparisons = pgTable(
  'cost_comparisons',
  {
    organizationId: organizationId().references(() => organizations.id),
    /** UTC. */
    day: date('day', { mode: 'string' }).notNull(),
    /** Empty: models that were not saved. */
    slug: text('slug').notNull(),
    provider: text('provider').notNull(),
    /** Of known cost on both sides: these are compared. */
    calls: integer('calls').notNull(),
    /** USD, exact. */
    cost: numeric('cost').notNull(),
    providerCost: numeric('provider_cost').notNull(),
    /** Calls where the two are further apart than rounding explains. */
    differingCalls: integer('differing_calls').notNull(),
    /** Calls whose cost only the provider knows; in neither sum. */
    unknownCostCalls: integer('unknown_cost_calls').notNull(),
    comparedAt: moment('compared_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.day, table.slug, table.provider] })],
);

/** The days that have been compared, so that one process does it. Belongs to the server. */
export const costComparisonDays = pgTable('cost_comparison_days', {
  day: date('day', { mode: 'string' }).primaryKey(),
  at: moment('at').notNull().defaultNow(),
});
