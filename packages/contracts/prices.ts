import { z } from 'zod';
import { decimal, id, pageOf, pageQuery, timestamp } from './fields.ts';

/** Where a price comes from, the first that knows one: the provider's own list, genai-prices, the snapshot of this release, somebody's hand. */
export const priceSourceSchema = z.enum(['provider', 'genai-prices', 'snapshot', 'manual']);
export type PriceSource = z.infer<typeof priceSourceSchema>;

/**
 * What a token that is written to a provider's cache for an hour costs, as a multiple of the input's price. Only Claude has such a
 * cache, wherever it is served, and it costs the same everywhere. Where writing costs no more than input, neither does this.
 */
export const longCacheWriteFactor = 2;

const tokenPrice = decimal.nullable();

/** Prices of sound. Audio tokens are part of the input's and the output's; without a price of their own they cost what text does. */
const audioPriceFields = {
  audio_input_cost_per_token: tokenPrice,
  audio_output_cost_per_token: tokenPrice,
  /** Of those of the input, the ones that the provider had in its cache. Null: they cost what other cached tokens do, if those have a price. */
  audio_cache_read_cost_per_token: tokenPrice,
};

/** Prices of calls with long prompts. Decimal strings, USD per token; null: as without the tier. */
export const priceTierSchema = z.object({
  /** Tokens of the prompt, cached ones included: a longer prompt is charged so, all of it. */
  above_prompt_tokens: z.number().int().positive(),
  input_cost_per_token: tokenPrice,
  output_cost_per_token: tokenPrice,
  cache_read_cost_per_token: tokenPrice,
  cache_write_cost_per_token: tokenPrice,
  reasoning_cost_per_token: tokenPrice,
  ...audioPriceFields,
});
export type PriceTier = z.infer<typeof priceTierSchema>;

/** The prices of a model. Decimal strings in USD, exact. */
export const priceFields = {
  /** Null: unknown, which is not zero. The same of the output. */
  input_cost_per_token: tokenPrice,
  output_cost_per_token: tokenPrice,
  /** Prompt tokens that the provider had in its cache. Null: they cost what input costs. */
  cache_read_cost_per_token: tokenPrice,
  /** Prompt tokens that the provider wrote to its cache. Null: they cost what input costs. */
  cache_write_cost_per_token: tokenPrice,
  /** Tokens of thinking, which are part of the output. Null: they cost what output costs. */
  reasoning_cost_per_token: tokenPrice,
  ...audioPriceFields,
  /** USD for each call, beside its tokens. Null: nothing. */
  cost_per_request: decimal.nullable(),
  /** USD for each image that is sent, beside its tokens. Null: nothing. */
  cost_per_image: decimal.nullable(),
  /** USD for each search of the web that the provider makes for a call. Null: unknown, and so is the cost of a call with searches. */
  cost_per_web_search: decimal.nullable(),
  /** Other prices for long prompts, the shortest first. */
  price_tiers: z.array(priceTierSchema),
};
export const priceSetSchema = z.object(priceFields);
export type PriceSet = z.infer<typeof priceSetSchema>;

/** Where a price set comes from. */
export const priceOriginFields = {
  /** Null: nothing is known. */
  price_source: priceSourceSchema.nullable(),
  /** The source's own date of the price, if it tells one: `2026-09-30` or `2026-09`. */
  price_dated: z.string().nullable(),
  /** Where a person can read the price. */
  price_url: z.string().nullable(),
};

const tierBodySchema = z
  .strictObject({
    above_prompt_tokens: z.number().int().positive().max(100_000_000),
    input_cost_per_token: tokenPrice.default(null),
    output_cost_per_token: tokenPrice.default(null),
    cache_read_cost_per_token: tokenPrice.default(null),
    cache_write_cost_per_token: tokenPrice.default(null),
    reasoning_cost_per_token: tokenPrice.default(null),
    audio_input_cost_per_token: tokenPrice.default(null),
    audio_output_cost_per_token: tokenPrice.default(null),
    audio_cache_read_cost_per_token: tokenPrice.default(null),
  })
  .refine((tier) => Object.values(tier).filter((value) => value !== null).length > 1, 'A tier without a price changes nothing');

const tiersBodySchema = z
  .array(tierBodySchema)
  .max(10)
  .refine((tiers) => new Set(tiers.map((tier) => tier.above_prompt_tokens)).size === tiers.length, 'Two tiers begin at the same length')
  .transform((tiers) => [...tiers].sort((a, b) => a.above_prompt_tokens - b.above_prompt_tokens));

/** The prices of a model as a body sends them. */
export const priceBodyFields = { ...priceFields, price_tiers: tiersBodySchema };

/** Prices that a connection test suggests. */
export const suggestedPricesSchema = priceSetSchema.extend({
  input_cost_per_token: decimal,
  output_cost_per_token: decimal,
  source: priceSourceSchema,
  /** The source's own date of the price, if it tells one. */
  dated: z.string().nullable(),
  /** Where a person can read it. */
  url: z.string().nullable(),
});
export type SuggestedPrices = z.infer<typeof suggestedPricesSchema>;

const proposedSchema = priceSetSchema.extend({ ...priceOriginFields, id, at: timestamp });

/** Another price that a source tells of a model: the whole set as it would be, with what the source is silent about as it is now. */
export const openProposalSchema = proposedSchema;
export type OpenProposal = z.infer<typeof openProposalSchema>;

export const proposalStates = ['open', 'accepted', 'dismissed', 'overtaken'] as const;

const actorSchema = z.object({ type: z.enum(['member', 'api_key', 'system']), id: z.string().nullable(), name: z.string().nullable() });

export const priceProposalSchema = proposedSchema.extend({
  slug: z.string(),
  display_name: z.string(),
  /** `overtaken`: the source has said something else since, or the model's prices are these already. */
  state: z.enum(proposalStates),
  /** What the model costs now. */
  current: priceSetSchema,
  decided_at: timestamp.nullable(),
  decided_by: actorSchema.nullable(),
});
export type PriceProposal = z.infer<typeof priceProposalSchema>;
export const priceProposalPageSchema = pageOf(priceProposalSchema);
export const priceProposalQuerySchema = z.object({
  ...pageQuery,
  state: z.enum(proposalStates).optional(),
  slug: z.string().max(300).optional(),
});

/** A look at what the sources say of a model's prices. */
export const priceCheckSchema = z.object({
  at: timestamp,
  /** `same`: as ours. `differs`: there is an open proposal. `dismissed`: what was dismissed before. `silent`: no source knows, or none could be read. */
  outcome: z.enum(['same', 'differs', 'dismissed', 'silent']),
  /** The same in a sentence. */
  message: z.string(),
  ...priceOriginFields,
});
export type PriceCheck = z.infer<typeof priceCheckSchema>;

/** A price set that a model has or had. */
export const pricePeriodSchema = priceSetSchema.extend({
  id: z.string(),
  since: timestamp,
  /** Null: it holds. */
  until: timestamp.nullable(),
  ...priceOriginFields,
  /** Null: set by its source, or before anybody took notes. */
  set_by: actorSchema.nullable(),
});
export type PricePeriod = z.infer<typeof pricePeriodSchema>;
/** Newest first. */
export const pricePeriodPageSchema = pageOf(pricePeriodSchema).extend({
  /** Of a custom model, once there was one. */
  last_check: priceCheckSchema.nullable(),
});
