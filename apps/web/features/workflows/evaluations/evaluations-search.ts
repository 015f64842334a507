import { z } from 'zod';

/** What is open on the page of evaluations, as it stands in the address. What cannot be read is left out. */
export const evaluationsSearchSchema = z.object({
  tab: z.enum(['evaluations', 'datasets']).optional().catch(undefined),
  /** The dialog that is open. */
  create: z.enum(['evaluation', 'dataset']).optional().catch(undefined),
});
export type EvaluationsSearch = z.infer<typeof evaluationsSearchSchema>;

export const evaluationSearchSchema = z.object({
  filter: z.enum(['all', 'differ', 'failed', 'unknown']).optional().catch(undefined),
});
