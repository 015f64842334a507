import { z } from 'zod';
import { id, line, pageOf, pageQuery, timestamp } from '../fields.ts';
import { graphSchema } from './graph.ts';
import { workflowStateSchema } from './states.ts';

export const workflowSummarySchema = z.object({
  id,
  name: z.string(),
  description: z.string(),
  state: workflowStateSchema,
  /** The version that new tasks run; null before the first publish. */
  published_version: z.number().int().positive().nullable(),
  /** The draft differs from the published version. */
  has_changes: z.boolean(),
  tasks: z.object({ total: z.number().int(), running: z.number().int(), waiting: z.number().int(), failed: z.number().int() }),
  updated_at: timestamp,
  created_at: timestamp,
});
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>;

export const graphProblemSchema = z.object({ step: z.string().nullable(), field: z.string().nullable(), message: z.string() });

export const workflowSchema = workflowSummarySchema.extend({
  /** Counts edits of the draft. An edit names the one that it was made on; another one meanwhile is a 409. */
  revision: z.number().int(),
  draft: graphSchema,
  problems: z.array(graphProblemSchema),
});
export type Workflow = z.infer<typeof workflowSchema>;

export const createWorkflowBodySchema = z.strictObject({
  name: line(120),
  description: z.string().max(2_000).optional(),
  /** A graph to start from, such as an exported one; else start and end alone. */
  graph: graphSchema.optional(),
});
export const updateWorkflowBodySchema = z.strictObject({
  name: line(120).optional(),
  description: z.string().max(2_000).optional(),
  draft: graphSchema.optional(),
  /** The revision that this edit was made on. */
  revision: z.number().int().min(0),
});
export const publishBodySchema = z.strictObject({ revision: z.number().int().min(0), note: z.string().max(500).optional() });

export const workflowVersionSchema = z.object({
  version: z.number().int().positive(),
  note: z.string(),
  published_by: z.string().nullable(),
  published_at: timestamp,
});
export const workflowVersionDetailSchema = workflowVersionSchema.extend({ graph: graphSchema });
export type WorkflowVersion = z.infer<typeof workflowVersionSchema>;

export const workflowListQuerySchema = z.object({
  ...pageQuery,
  state: workflowStateSchema.optional(),
  search: z.string().max(200).optional(),
});
export const workflowPageSchema = pageOf(workflowSummarySchema);
