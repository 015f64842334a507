import { workflowStateSchema } from '@pipelines/contracts';
import { z } from 'zod';

/** The filters of the list, as they stand in the address. What cannot be read is left out. */
export const workflowListSearchSchema = z.object({
  search: z.string().max(200).optional().catch(undefined),
  state: workflowStateSchema.optional().catch(undefined),
  /** The dialog "New pipeline" is open. */
  create: z.boolean().optional().catch(undefined),
});
export type WorkflowListSearch = z.infer<typeof workflowListSearchSchema>;
