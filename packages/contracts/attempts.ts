import { z } from 'zod';
import { attemptSourceSchema, attemptStatusSchema } from './attempt-status.ts';
import { decimal, id, pageOf, pageQuery, timestamp } from './fields.ts';
import { modelKindSchema } from './model-status.ts';
import { priceSourceSchema } from './prices.ts';
import { providerIdSchema } from './providers.ts';
import { upstreamCauseSchema } from './upstream-causes.ts';

/** One call to a provider: a row of the log. What was said in it is never part of it: see `attemptContentSchema`. */
export const attemptSchema = z.object({
  id,
  /** The `X-Request-Id` of the call that it belongs to. */
  request_id: z.string(),
  started_at: timestamp,
  source: attemptSourceSchema,
  slug: z.string().nullable(),
  kind: modelKindSchema.nullable(),
  provider: providerIdSchema,
  provider_model_id: z.string(),
  credential_id: z.string().nullable(),
  api_key: z.object({ id: z.string(), name: z.string(), last_four: z.string() }).nullable(),
  member: z.object({ id: z.string(), name: z.string() }).nullable(),
  stream: z.boolean(),
  status: attemptStatusSchema,
  http_status: z.number().int().nullable(),
  cause: upstreamCauseSchema.nullable(),
  prompt_tokens: z.number().int().nullable(),
  completion_tokens: z.number().int().nullable(),
  cached_tokens: z.number().int().nullable(),
  cache_write_tokens: z.number().int().nullable(),
  /** Of those, the ones that stay for an hour and not for minutes. They cost `longCacheWriteFactor` times the input. Null: none is told. */
  long_cache_write_tokens: z.number().int().nullable(),
  reasoning_tokens: z.number().int().nullable(),
  /** Tokens of sound: of the prompt, of what came from the cache, of the answer. Null: none is told. */
  audio_input_tokens: z.number().int().nullable(),
  cached_audio_tokens: z.number().int().nullable(),
  audio_output_tokens: z.number().int().nullable(),
  /** Searches of the web that the provider made. Null: none is told. */
  web_searches: z.number().int().nullable(),
  /** Images that were sent; null where they have no price of their own and were not counted. */
  images: z.number().int().nullable(),
  /**
   * Another tier of service than the provider's usual one, in its word, such as `flex` or `priority`: it may charge it otherwise
   * than the prices say. Null: the usual one, or none is told.
   */
  service_tier: z.string().nullable(),
  /** The unit prices that the cost was computed with, those of the tier where one held. */
  input_cost_per_token: decimal.nullable(),
  output_cost_per_token: decimal.nullable(),
  /** Null: charged as input. */
  cache_read_cost_per_token: decimal.nullable(),
  cache_write_cost_per_token: decimal.nullable(),
  /** Null: charged as output. */
  reasoning_cost_per_token: decimal.nullable(),
  /** Null: charged as text. */
  audio_input_cost_per_token: decimal.nullable(),
  audio_output_cost_per_token: decimal.nullable(),
  audio_cache_read_cost_per_token: decimal.nullable(),
  /** USD. Null: nothing beside the tokens. */
  cost_per_request: decimal.nullable(),
  cost_per_image: decimal.nullable(),
  /** Null: unknown. */
  cost_per_web_search: decimal.nullable(),
  /** Where the prices came from. */
  price_source: priceSourceSchema.nullable(),
  /** The tier that held: that of prompts with more tokens than this. */
  price_tier_above_tokens: z.number().int().nullable(),
  /** USD, exact. Null: unknown, which is not zero. */
  cost: decimal.nullable(),
  /** An answer that was kept, and no provider was called. */
  from_cache: z.boolean(),
  /** What a kept answer would have cost, USD. Null: unknown, or a provider was called. */
  saved_cost: decimal.nullable(),
  /** The provider's own figure in USD, where it tells one. */
  provider_cost: decimal.nullable(),
  /** From handing the request out until the answer's last byte. */
  latency_ms: z.number().int().nullable(),
  /** What it waited inside the server before that. */
  queue_ms: z.number().int().nullable(),
  /** Of the latency: the wait for a connection, DNS and TLS included; 0 where one stood open. */
  connect_ms: z.number().int().nullable(),
  /** Of the latency: until the answer's first byte. */
  first_byte_ms: z.number().int().nullable(),
  /** What was left out or rewritten for the provider, and why, such as `max_tokens: sent as max_completion_tokens`. */
  changes: z.array(z.string()),
  finish_reason: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** One call with what only its own page tells. */
export const attemptDetailSchema = attemptSchema.extend({
  /** The credential of the organization that served it; null where it needed none of its own. */
  credential: z
    .object({
      id,
      /** As it is masked now. */
      preview: z.string(),
      deleted: z.boolean(),
    })
    .nullable(),
  /**
   * What it is taken for where nobody can say what it has cost, by its length and what its answer might have been, USD; its
   * budgets count that. Null: the cost is known, nothing was charged, or a price is unknown.
   */
  estimated_cost: decimal.nullable(),
  /** Whether what was said in it is kept: `GET /api/attempts/{id}/content`. */
  content_kept: z.boolean(),
});
export type AttemptDetail = z.infer<typeof attemptDetailSchema>;

export const attemptListQuerySchema = z.object({
  ...pageQuery,
  slug: z.string().max(300).optional(),
  status: attemptStatusSchema.optional(),
  source: attemptSourceSchema.optional(),
  api_key_id: id.optional(),
  provider: providerIdSchema.optional(),
  credential_id: id.optional(),
  /** `unknown`: answers of which nobody knows the cost. */
  cost: z.literal('unknown').optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
});
export const attemptPageSchema = pageOf(attemptSchema);

export const usageQuerySchema = z.object({
  group_by: z.enum(['day', 'model', 'api_key']).default('day'),
  slug: z.string().max(300).optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
});

/** Sums over attempts. `cost` adds the known costs only; `unknown_cost_calls` says how many are missing from it. */
export const usageRowSchema = z.object({
  /** The day (`2026-09-01`), the slug or the API key's ID. */
  key: z.string(),
  name: z.string().nullable(),
  calls: z.number().int(),
  failed_calls: z.number().int(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  cost: decimal,
  unknown_cost_calls: z.number().int(),
  /** To within 5 %. */
  latency_p50_ms: z.number().int().nullable(),
  latency_p95_ms: z.number().int().nullable(),
});
export const usageSchema = z.object({
  data: z.array(usageRowSchema),
  /** Groups beyond the 200 dearest; the total knows them. */
  left_out: z.number().int(),
  total: usageRowSchema.omit({ key: true, name: true }),
});
export type Usage = z.infer<typeof usageSchema>;

export const cacheSavingsQuerySchema = z.object({
  slug: z.string().max(300).optional(),
  from: timestamp.optional(),
  to: timestamp.optional(),
});

/** What kept answers have saved. */
export const cacheSavingsSchema = z.object({
  hits: z.number().int(),
  /** USD, the known costs only. */
  saved_cost: decimal,
  unknown_cost_hits: z.number().int(),
});
export type CacheSavings = z.infer<typeof cacheSavingsSchema>;
