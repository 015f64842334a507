import { sql } from 'drizzle-orm';
import { bigint, check, jsonb, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);
/** How many calls by bucket of their duration: `packages/contracts/latency-buckets.ts`. */
const buckets = (name: string) => jsonb(name).$type<Record<string, number>>().notNull().default({});

/**
 * The log in sums, added to in the statement that writes the log: what lists and charts read, however long the log is. By
 * quarters of an hour for two days, for the health of models and credentials; by days (UTC) for good, for usage, and models by
 * weeks (from Monday on) too, so that a list of thousands of them adds up less. What is read together lies together: the
 * table has parts, with indexes of their own, made in the migration `models_by_api_key`.
 */
export const callSums = pgTable(
  'call_sums',
  {
    organizationId: organizationId().references(() => organizations.id),
    grain: text('grain').$type<'quarter' | 'day' | 'week'>().notNull(),
    subject: text('subject').$type<'all' | 'model' | 'api_key' | 'credential' | 'model_by_api_key'>().notNull(),
    /** The slug or the ID; empty for calls without one. */
    key: text('key').notNull(),
    startsAt: moment('starts_at').notNull(),
    /** Of a model by API keys: the ID of the key. Empty for calls without one, and everywhere else. */
    part: text('part').notNull().default(''),
    calls: count('calls'),
    failedCalls: count('failed_calls'),
    promptTokens: count('prompt_tokens'),
    completionTokens: count('completion_tokens'),
    /** USD, exact: the known costs. */
    cost: numeric('cost').notNull().default('0'),
    unknownCostCalls: count('unknown_cost_calls'),
    /** Calls that tell something of the model's health, and those of them that it did not answer. */
    judgedCalls: count('judged_calls'),
    judgedFailedCalls: count('judged_failed_calls'),
    /** Answer tokens, and the milliseconds in which they came. */
    generatedTokens: count('generated_tokens'),
    generationMs: count('generation_ms'),
    latencies: buckets('latencies'),
    /** Of quarters only. */
    firstBytes: buckets('first_bytes'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.grain, table.subject, table.key, table.startsAt, table.part] }),
    check('call_sums_grain_check', sql`${table.grain} in ('quarter', 'day', 'week')`),
    check('call_sums_subject_check', sql`${table.subject} in ('all', 'model', 'api_key', 'credential', 'model_by_api_key')`),
  ],
);
