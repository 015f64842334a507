import { z } from 'zod';

export const apiKeysSearchSchema = z.object({
  /** The create dialog is open. */
  create: z.boolean().optional().catch(undefined),
  /** Revoked and expired keys are shown too. */
  ended: z.boolean().optional().catch(undefined),
});
