import { z } from 'zod';
import { decimal } from './fields.ts';

/** Where a price comes from. */
export const priceSourceSchema = z.enum(['manual', 'provider', 'genai-prices', 'catalogue']);
export type PriceSource = z.infer<typeof priceSourceSchema>;

/** Prices that a connection test suggests. Decimal strings, USD per token. */
export const suggestedPricesSchema = z.object({
  input_cost_per_token: decimal,
  output_cost_per_token: decimal,
  source: priceSourceSchema,
  /** The source's own date of the price, if it tells one. */
  dated: z.string().nullable(),
});
export type SuggestedPrices = z.infer<typeof suggestedPricesSchema>;
