import { z } from 'zod';

/** How much may run at a time, over all processes. Null: as much as the workers drive. */
export const concurrencyLimitSchema = z.strictObject({
  /** Tasks at a time; of a model, LLM steps at a time. Tasks that wait for a review do not count. */
  at_most: z.number().int().min(1, 'At least 1').max(10_000, 'At most 10,000').nullable(),
});
export type ConcurrencyLimit = z.infer<typeof concurrencyLimitSchema>;

/** A limit that a batch has run into: tasks of it wait for others to end. */
export const heldBackBySchema = z.object({
  limit: z.enum(['organization', 'workflow', 'model']),
  /** The model, where it is one's. */
  slug: z.string().nullable(),
  at_most: z.number().int(),
});
export type HeldBackBy = z.infer<typeof heldBackBySchema>;
