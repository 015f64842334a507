import { z } from 'zod';
import { id, timestamp } from './fields.ts';
import { workflowStateSchema } from './workflows/states.ts';

export const repointBodySchema = z.strictObject({
  /** Slug of the model that takes over. */
  to: z.string().min(1).max(300),
  /** Only tell what would happen. */
  dry_run: z.boolean().optional(),
  /** IDs of the workflows to repoint; left out: every one that uses the model, drafts too, archived ones not. */
  workflows: z.array(id).max(1000).optional(),
  /** IDs of API keys that are limited to some models: the new model takes the old one's place in their list. Left out: none. */
  api_keys: z.array(id).max(1000).optional(),
});

/** `repointed`: it speaks of the new model now. `refused`: it stays, see the problems. `unused`: it does not speak of the model. */
export const repointOutcomeSchema = z.enum(['repointed', 'refused', 'unused']);

export const repointedWorkflowSchema = z.object({
  workflow_id: z.string(),
  name: z.string(),
  state: workflowStateSchema,
  /** What new tasks run, and the steps of it that use the model. */
  published: repointOutcomeSchema,
  steps: z.array(z.string()),
  /** The version that was published for it; null where none was. */
  version: z.number().int().nullable(),
  draft: repointOutcomeSchema,
  draft_steps: z.array(z.string()),
  /** Why the new model cannot take over a step. */
  problems: z.array(z.object({ part: z.enum(['published', 'draft']), step: z.string(), message: z.string() })),
});
export type RepointedWorkflow = z.infer<typeof repointedWorkflowSchema>;

/** `offered`: it is limited to the model, and was not named in the body. */
export const repointedApiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  last_four: z.string(),
  outcome: z.enum(['repointed', 'refused', 'offered']),
  /** Why it was refused. */
  message: z.string().nullable(),
});
export type RepointedApiKey = z.infer<typeof repointedApiKeySchema>;

export const repointSchema = z.object({
  /** Names it for the undo; null where nothing was changed. */
  id: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  dry_run: z.boolean(),
  workflows: z.array(repointedWorkflowSchema),
  api_keys: z.array(repointedApiKeySchema),
});
export type Repoint = z.infer<typeof repointSchema>;

/** A repoint that was made, for the list. */
export const repointEntrySchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  workflows: z.number().int(),
  api_keys: z.number().int(),
  /** Name of the member; null where a program did it. */
  created_by: z.string().nullable(),
  created_at: timestamp,
  undone_at: timestamp.nullable(),
});
export type RepointEntry = z.infer<typeof repointEntrySchema>;

/** `restored`: as it was before. `kept`: somebody has changed it since, so it stays. `unused`: the repoint had not touched it. */
export const undoOutcomeSchema = z.enum(['restored', 'kept', 'unused']);

export const undoneRepointSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  workflows: z.array(
    z.object({
      workflow_id: z.string(),
      name: z.string(),
      published: undoOutcomeSchema,
      draft: undoOutcomeSchema,
      /** Why a part was kept. */
      messages: z.array(z.string()),
    }),
  ),
  api_keys: z.array(z.object({ id: z.string(), name: z.string(), last_four: z.string(), outcome: z.enum(['restored', 'kept']) })),
});
export type UndoneRepoint = z.infer<typeof undoneRepointSchema>;
