import { attemptSourceSchema, attemptStatusSchema } from '@pipelines/contracts';
import { z } from 'zod';
import { periodSchema } from '../period.ts';

/** The filters of the log, as they stand in the address. What cannot be read is left out. */
export const attemptsSearchSchema = z.object({
  slug: z.string().max(300).optional().catch(undefined),
  status: attemptStatusSchema.optional().catch(undefined),
  source: attemptSourceSchema.optional().catch(undefined),
  api_key_id: z.string().max(64).optional().catch(undefined),
  period: periodSchema.optional().catch(undefined),
  /** The attempt that is open beside the list. */
  attempt: z.string().max(64).optional().catch(undefined),
});
export type AttemptsSearch = z.infer<typeof attemptsSearchSchema>;
