import { z } from 'zod';
import { periodSchema } from '../period.ts';

export const usageSearchSchema = z.object({
  period: periodSchema.optional().catch(undefined),
  slug: z.string().max(300).optional().catch(undefined),
  by: z.enum(['model', 'api_key']).optional().catch(undefined),
});
