import type { UnitPriceTier } from '@pipelines/contracts';
import { jsonb, numeric } from 'drizzle-orm/pg-core';

/** What a call is charged by. */
export const unitPriceColumns = {
  /** USD per token, exact; null is unknown. */
  inputCostPerToken: numeric('input_cost_per_token'),
  outputCostPerToken: numeric('output_cost_per_token'),
  /** Null: cached and cache-written tokens cost what input costs, thinking what output costs. */
  cacheReadCostPerToken: numeric('cache_read_cost_per_token'),
  cacheWriteCostPerToken: numeric('cache_write_cost_per_token'),
  reasoningCostPerToken: numeric('reasoning_cost_per_token'),
  /** Null: sound costs what text does. */
  audioInputCostPerToken: numeric('audio_input_cost_per_token'),
  audioOutputCostPerToken: numeric('audio_output_cost_per_token'),
  audioCacheReadCostPerToken: numeric('audio_cache_read_cost_per_token'),
  /** USD beside the tokens; null is nothing. */
  costPerRequest: numeric('cost_per_request'),
  costPerImage: numeric('cost_per_image'),
  /** Null is unknown. */
  costPerWebSearch: numeric('cost_per_web_search'),
};

/** The prices of a model. */
export const priceColumns = {
  ...unitPriceColumns,
  /** Prices of calls with long prompts, the shortest first. */
  priceTiers: jsonb('price_tiers').$type<UnitPriceTier[]>().notNull().default([]),
};
