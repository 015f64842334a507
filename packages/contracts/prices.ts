import { z } from 'zod';
import { decimal } from './fields.ts';

/** Where a price comes from. */
export const priceSourceSchema = z.enum(['manual', 'provider', 'genai-prices', 'catalogue']);
export type PriceSource = z.infer<typeof priceSourceSchema>;

/** Prices of calls with long prompts. Decimal strings, USD per token; null: as without the tier. */
export const priceTierSchema = z.object({
  /** Tokens of the prompt, cached ones included: a longer prompt is charged so, all of it. */
  above_prompt_tokens: z.number().int().positive(),
  input_cost_per_token: decimal.nullable(),
  output_cost_per_token: decimal.nullable(),
  cache_read_cost_per_token: decimal.nullable(),
  cache_write_cost_per_token: decimal.nullable(),
});
export type PriceTier = z.infer<typeof priceTierSchema>;

/** Prices that a connection test suggests. Decimal strings, USD per token. */
export const suggestedPricesSchema = z.object({
  input_cost_per_token: decimal,
  output_cost_per_token: decimal,
  source: priceSourceSchema,
  /** The source's own date of the price, if it tells one. */
  dated: z.string().nullable(),
});
export type SuggestedPrices = z.infer<typeof suggestedPricesSchema>;
