import { z } from 'zod';
import { decimal, pageOf, pageQuery } from './fields.ts';

/** What a day's calls of a model cost by our count and by the provider's own. Money in USD, exact. */
export const costComparisonSchema = z.object({
  /** UTC. */
  day: z.iso.date(),
  /** Empty: models that were not saved. */
  slug: z.string(),
  name: z.string().nullable(),
  provider: z.string(),
  /** Calls whose cost both sides know: these are compared. */
  calls: z.number().int(),
  cost: decimal,
  provider_cost: decimal,
  /** Ours less the provider's, with its sign. */
  difference: z.string().regex(/^-?\d+(\.\d+)?$/),
  /** Calls where the two are further apart than rounding to a millionth of a dollar explains. */
  differing_calls: z.number().int(),
  /** Calls whose cost only the provider knows; in neither sum. */
  unknown_cost_calls: z.number().int(),
  /** True: the day is not over, or its night has not come yet. */
  preliminary: z.boolean(),
});
export type CostComparison = z.infer<typeof costComparisonSchema>;
/** Newest day first. */
export const costComparisonPageSchema = pageOf(costComparisonSchema);
export const costComparisonQuerySchema = z.object({
  ...pageQuery,
  slug: z.string().max(300).optional(),
  /** The first and the last day. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
