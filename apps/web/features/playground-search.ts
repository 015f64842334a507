import { z } from 'zod';

export const playgroundSearchSchema = z.object({
  /** The slug of the model to begin with. */
  model: z.string().max(300).optional().catch(undefined),
});
