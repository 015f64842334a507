import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { apiKeys } from './api-keys.ts';
import { bytea, moment, organizationId } from './columns.ts';
import { dataKeys } from './encryption.ts';
import { members } from './members.ts';
import { organizations } from './organizations.ts';

/** What a limit or a budget is on: an API key, a member, a model, or (none of them named) the organization. */
const subjectColumns = () => ({
  apiKeyId: uuid('api_key_id'),
  memberId: uuid('member_id'),
  /** Of a model, platform or custom. */
  slug: text('slug'),
});

/** How often and how much may be called, each column by itself; null is no limit. Counted in memory, shared in `call_counts`. */
export const callLimits = pgTable(
  'call_limits',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    ...subjectColumns(),
    requestsPerMinute: integer('requests_per_minute'),
    tokensPerMinute: integer('tokens_per_minute'),
    concurrentCalls: integer('concurrent_calls'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    unique('call_limits_subject_key').on(table.organizationId, table.apiKeyId, table.memberId, table.slug).nullsNotDistinct(),
    foreignKey({ columns: [table.organizationId, table.apiKeyId], foreignColumns: [apiKeys.organizationId, apiKeys.id] }),
    foreignKey({ columns: [table.organizationId, table.memberId], foreignColumns: [members.organizationId, members.id] }),
    check('call_limits_subject_check', sql`num_nonnulls(${table.apiKeyId}, ${table.memberId}, ${table.slug}) <= 1`),
    check(
      'call_limits_positive_check',
      sql`${table.requestsPerMinute} > 0 and ${table.tokensPerMinute} > 0 and ${table.concurrentCalls} > 0`,
    ),
    check('call_limits_some_check', sql`num_nonnulls(${table.requestsPerMinute}, ${table.tokensPerMinute}, ${table.concurrentCalls}) > 0`),
  ],
);

/** What each process has counted lately of each limited subject, for the others. */
export const callCounts = pgTable(
  'call_counts',
  {
    organizationId: organizationId().references(() => organizations.id),
    /** `organization`, or `api_key`, `member` or `model` with a colon and its ID or slug. */
    subject: text('subject').notNull(),
    processId: uuid('process_id').notNull(),
    /** Minutes since 1970, by the database's clock. */
    minute: integer('minute').notNull(),
    requests: integer('requests').notNull(),
    tokens: bigint('tokens', { mode: 'number' }).notNull(),
    /** In the minute before. */
    earlierRequests: integer('earlier_requests').notNull(),
    earlierTokens: bigint('earlier_tokens', { mode: 'number' }).notNull(),
    /** Calls that are out. */
    concurrent: integer('concurrent').notNull(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.subject, table.processId] }),
    index('call_counts_updated_idx').on(table.updatedAt),
  ],
);

/** How much may be spent in a day, a month (UTC) or in all. */
export const budgets = pgTable(
  'budgets',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    ...subjectColumns(),
    period: text('period').$type<'day' | 'month' | 'total'>().notNull(),
    /** USD. */
    amount: numeric('amount').notNull(),
    /** Models whose price is not known are refused, because nobody could count them. */
    refuseUnknownPrices: boolean('refuse_unknown_prices').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    // `nulls not distinct` is not known to the schema's index builder; three texts in one say the same.
    uniqueIndex('budgets_subject_key')
      .on(
        table.organizationId,
        sql`coalesce(${table.apiKeyId}::text, '')`,
        sql`coalesce(${table.memberId}::text, '')`,
        sql`coalesce(${table.slug}, '')`,
        table.period,
      )
      .where(sql`deleted_at is null`),
    foreignKey({ columns: [table.organizationId, table.apiKeyId], foreignColumns: [apiKeys.organizationId, apiKeys.id] }),
    foreignKey({ columns: [table.organizationId, table.memberId], foreignColumns: [members.organizationId, members.id] }),
    check('budgets_subject_check', sql`num_nonnulls(${table.apiKeyId}, ${table.memberId}, ${table.slug}) <= 1`),
    check('budgets_period_check', sql`${table.period} in ('day', 'month', 'total')`),
    check('budgets_amount_check', sql`${table.amount} > 0`),
  ],
);

/** What the log says was spent of a budget in one period. Written with the rows of the log, in the same statement. */
export const budgetPeriods = pgTable(
  'budget_periods',
  {
    organizationId: organizationId(),
    budgetId: uuid('budget_id').notNull(),
    /** The first moment of the day or month; 1970 for `total`. */
    startsAt: moment('starts_at').notNull(),
    spent: numeric('spent').notNull().default('0'),
    /** Calls whose cost nobody knows: they are not in `spent`. */
    uncountedCalls: integer('uncounted_calls').notNull().default(0),
    /** The last call that was refused for want of money. */
    refusedAt: moment('refused_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.budgetId, table.startsAt] }),
    foreignKey({ columns: [table.organizationId, table.budgetId], foreignColumns: [budgets.organizationId, budgets.id] }),
  ],
);

/** What a process may spend of a budget before it asks again. Shrinks as its calls come into the log. */
export const budgetGrants = pgTable(
  'budget_grants',
  {
    organizationId: organizationId(),
    budgetId: uuid('budget_id').notNull(),
    startsAt: moment('starts_at').notNull(),
    processId: uuid('process_id').notNull(),
    /** USD. Negative: its calls have cost more than they were taken for. */
    amount: numeric('amount').notNull().default('0'),
    renewedAt: moment('renewed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.budgetId, table.startsAt, table.processId] }),
    index('budget_grants_process_idx').on(table.processId),
    foreignKey({
      columns: [table.organizationId, table.budgetId, table.startsAt],
      foreignColumns: [budgetPeriods.organizationId, budgetPeriods.budgetId, budgetPeriods.startsAt],
    }),
  ],
);

/** A budget has reached 50, 80 or 100 % in a period: once each, and anew after its amount was changed. */
export const budgetAlerts = pgTable(
  'budget_alerts',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    budgetId: uuid('budget_id').notNull(),
    startsAt: moment('starts_at').notNull(),
    threshold: integer('threshold').$type<50 | 80 | 100>().notNull(),
    /** As it was when that was noticed. */
    spent: numeric('spent').notNull(),
    amount: numeric('amount').notNull(),
    reachedAt: moment('reached_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    unique('budget_alerts_once_key').on(table.organizationId, table.budgetId, table.startsAt, table.threshold, table.amount),
    foreignKey({
      columns: [table.organizationId, table.budgetId, table.startsAt],
      foreignColumns: [budgetPeriods.organizationId, budgetPeriods.budgetId, budgetPeriods.startsAt],
    }),
    check('budget_alerts_threshold_check', sql`${table.threshold} in (50, 80, 100)`),
  ],
);

/** An address that is told of alerts, with the sealed secret that proves who tells. */
export const webhooks = pgTable(
  'webhooks',
  {
    organizationId: organizationId().references(() => organizations.id),
    id: uuid('id').notNull(),
    /** Canonical. The secret is bound to it. */
    url: text('url').notNull(),
    /** Null after deletion. */
    sealed: bytea('sealed'),
    dataKeyVersion: integer('data_key_version').notNull(),
    enabled: boolean('enabled').notNull().default(true),
    createdAt: moment('created_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({ columns: [table.organizationId, table.dataKeyVersion], foreignColumns: [dataKeys.organizationId, dataKeys.version] }),
  ],
);

/** One message to one webhook, sent until it is taken. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull(),
    webhookId: uuid('webhook_id').notNull(),
    /** Null: a test. */
    alertId: uuid('alert_id'),
    /** JSON, as it is sent: the same bytes each time. */
    body: text('body').notNull(),
    state: text('state').$type<'waiting' | 'delivered' | 'failed'>().notNull().default('waiting'),
    tries: integer('tries').notNull().default(0),
    nextTryAt: moment('next_try_at').notNull().defaultNow(),
    /** What the address answered last; null: it could not be reached. */
    lastStatus: integer('last_status'),
    /** Why it failed last, of a closed list. */
    lastCause: text('last_cause'),
    createdAt: moment('created_at').notNull().defaultNow(),
    deliveredAt: moment('delivered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('webhook_deliveries_due_idx').on(table.nextTryAt).where(sql`state = 'waiting'`),
    uniqueIndex('webhook_deliveries_alert_key').on(table.organizationId, table.webhookId, table.alertId).where(sql`alert_id is not null`),
    foreignKey({ columns: [table.organizationId, table.webhookId], foreignColumns: [webhooks.organizationId, webhooks.id] }),
    foreignKey({ columns: [table.organizationId, table.alertId], foreignColumns: [budgetAlerts.organizationId, budgetAlerts.id] }),
    check('webhook_deliveries_state_check', sql`${table.state} in ('waiting', 'delivered', 'failed')`),
  ],
);
