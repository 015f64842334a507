import type { PriceSource } from '@pipelines/contracts';
import { sql } from 'drizzle-orm';
import { boolean, check, type ExtraConfigColumn, index, integer, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment, organizationId } from './columns.ts';
import { organizations } from './organizations.ts';
import { unitPriceColumns } from './price-columns.ts';

/** The log: one row a call to a provider. Written from the usage journal, each once. No contents. */
export const attempts = pgTable(
  'attempts',
  {
    organizationId: organizationId().references(() => organizations.id),
    /** Ours, time-ordered (UUID v7); never the upstream's ID. */
    id: uuid('id').notNull(),
    requestId: text('request_id').notNull(),
    startedAt: moment('started_at').notNull(),
    source: text('source').$type<'gateway' | 'playground' | 'connection_test' | 'probe' | 'workflow' | 'step_try' | 'replay'>().notNull(),
    slug: text('slug'),
    kind: text('kind').$type<'platform' | 'custom'>(),
    provider: text('provider').notNull(),
    providerModelId: text('provider_model_id').notNull(),
    credentialId: uuid('credential_id'),
    apiKeyId: uuid('api_key_id'),
    memberId: uuid('member_id'),
    /** The run of a workflow's step that asked for it. */
    stepRunId: uuid('step_run_id'),
    stream: boolean('stream').notNull(),
    status: text('status').$type<'succeeded' | 'failed' | 'canceled' | 'incomplete' | 'unknown'>().notNull(),
    httpStatus: integer('http_status'),
    cause: text('cause'),
    finishReason: text('finish_reason'),
    promptTokens: integer('prompt_tokens'),
    completionTokens: integer('completion_tokens'),
    cachedTokens: integer('cached_tokens'),
    cacheWriteTokens: integer('cache_write_tokens'),
    /** Of those, the ones that stay for an hour. */
    longCacheWriteTokens: integer('long_cache_write_tokens'),
    reasoningTokens: integer('reasoning_tokens'),
    audioInputTokens: integer('audio_input_tokens'),
    cachedAudioTokens: integer('cached_audio_tokens'),
    audioOutputTokens: integer('audio_output_tokens'),
    /** That the provider made. */
    webSearches: integer('web_searches'),
    /** Another one than the provider's usual, in its word. */
    serviceTier: text('service_tier'),
    /** Images that were sent; null where they have no price of their own. */
    images: integer('images'),
    /** The unit prices at the start of the call, copied: a later change of price does not touch them. */
    ...unitPriceColumns,
    priceSource: text('price_source').$type<PriceSource>(),
    /** The tier that held. */
    priceTierAboveTokens: integer('price_tier_above_tokens'),
    /** USD, exact; null is unknown. */
    cost: numeric('cost'),
    providerCost: numeric('provider_cost'),
    /** USD that it was taken for before it went out: what it counts as where its cost was never known. Null without a price. */
    estimatedCost: numeric('estimated_cost'),
    latencyMs: integer('latency_ms'),
    firstByteMs: integer('first_byte_ms'),
    /** Inside the server, before the call was handed out. */
    queueMs: integer('queue_ms'),
    connectMs: integer('connect_ms'),
    /** What was left out or rewritten for the provider, and why. Names and words of ours, never values. */
    changes: text('changes').array(),
    /** An answer that was kept, and no provider was called; null: one was. */
    fromCache: boolean('from_cache'),
    /** What a kept answer would have cost, USD; null is unknown. */
    savedCost: numeric('saved_cost'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('attempts_started_idx').on(table.organizationId, ...newestFirst(table)),
    // The columns after the order answer further filters in the index: a busy model may have none of their calls.
    index('attempts_slug_idx').on(table.organizationId, table.slug, ...newestFirst(table), table.provider, table.source, table.apiKeyId),
    index('attempts_provider_idx').on(table.organizationId, table.provider, ...newestFirst(table)),
    index('attempts_source_idx').on(table.organizationId, table.source, ...newestFirst(table)),
    index('attempts_api_key_idx').on(table.organizationId, table.apiKeyId, ...newestFirst(table), table.source, table.provider),
    index('attempts_credential_idx')
      .on(table.organizationId, table.credentialId, ...newestFirst(table))
      .where(sql`credential_id is not null`),
    // Few of many: without them, a page of them would be looked for in the whole log.
    index('attempts_status_idx')
      .on(table.organizationId, table.status, ...newestFirst(table))
      .where(sql`status <> 'succeeded'`),
    index('attempts_unknown_cost_idx')
      .on(table.organizationId, ...newestFirst(table))
      .where(sql`cost is null and status <> 'failed'`),
    index('attempts_from_cache_idx').on(table.organizationId, table.startedAt.desc()).where(sql`from_cache`),
    index('attempts_step_run_idx').on(table.organizationId, table.stepRunId).where(sql`step_run_id is not null`),
    check('attempts_status_check', sql`${table.status} in ('succeeded', 'failed', 'canceled', 'incomplete', 'unknown')`),
    check('attempts_cost_check', sql`${table.cost} is null or ${table.cost} >= 0`),
  ],
);

/** The order of the log, and of its pages. */
function newestFirst({ startedAt, id }: { readonly startedAt: ExtraConfigColumn; readonly id: ExtraConfigColumn }) {
  return [startedAt.desc().nullsFirst(), id.desc().nullsFirst()] as const;
}
