import { z } from 'zod';
import { decimal, id, pageOf, pageQuery, timestamp } from '../fields.ts';
import { heldBackBySchema } from './concurrency-limits.ts';
import { taskStateSchema } from './states.ts';

export const stepStateSchema = z.enum(['running', 'waiting', 'finished', 'failed', 'skipped']);

/** Why a task or a step could not go on: a stable code and our sentence. */
export const taskErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** The step that met it. */
  step: z.string().nullable(),
  /** The model that it speaks of. */
  slug: z.string().nullable(),
});

export const taskSchema = z.object({
  id,
  workflow_id: id,
  version: z.number().int().positive(),
  batch_id: id.nullable(),
  /** The caller's own name for it. */
  external_id: z.string().nullable(),
  state: taskStateSchema,
  /** In progress, and nobody works on it: a person must decide first. */
  waits_for_review: z.boolean(),
  input: z.record(z.string(), z.unknown()),
  output: z.unknown(),
  error: taskErrorSchema.nullable(),
  /** Sum over its attempts, USD; null when a part is unknown. */
  cost: decimal.nullable(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  finished_at: timestamp.nullable(),
});
export type Task = z.infer<typeof taskSchema>;

/** A call to a provider, in short. */
export const attemptSummarySchema = z.object({
  attempt_id: z.string(),
  slug: z.string(),
  status: z.string(),
  prompt_tokens: z.number().int().nullable(),
  completion_tokens: z.number().int().nullable(),
  /** USD; null when unknown. */
  cost: decimal.nullable(),
  latency_ms: z.number().int().nullable(),
});

/** One call of a tool by the model of a step. What the tool answered is data: text, never more. */
export const toolCallSchema = z.object({
  id,
  /** Which answer of the model asked for it, from 1. */
  round: z.number().int().positive(),
  /** Null where the model asked for a tool that it was not given. */
  endpoint_id: id.nullable(),
  endpoint_name: z.string().nullable(),
  tool: z.string(),
  arguments: z.unknown(),
  status: z.enum(['running', 'succeeded', 'failed']),
  result: z.string().nullable(),
  /** Why it failed, in our words. */
  error: z.string().nullable(),
  latency_ms: z.number().int().nullable(),
  started_at: timestamp,
});
export type ToolCallEntry = z.infer<typeof toolCallSchema>;

/** One run of one step: a repeat after a failed review, a retry by hand or a regeneration is a run of its own. */
export const stepRunSchema = z.object({
  id,
  step: z.string(),
  kind: z.string(),
  generation: z.number().int().positive(),
  /** Who asked for it: the workflow itself, a builder, an admin. */
  trigger: z.enum(['auto', 'user', 'admin']),
  /** A regeneration has overtaken it: it is kept, and counts no more. */
  superseded: z.boolean(),
  state: stepStateSchema,
  input: z.unknown(),
  output: z.unknown(),
  /** The way out that it took. */
  port: z.string().nullable(),
  error: taskErrorSchema.nullable(),
  thinking: z.string().nullable(),
  attempts: z.array(attemptSummarySchema),
  tool_calls: z.array(toolCallSchema),
  started_at: timestamp,
  finished_at: timestamp.nullable(),
});
export type StepRun = z.infer<typeof stepRunSchema>;

export const taskDetailSchema = taskSchema.extend({ steps: z.array(stepRunSchema) });
export type TaskDetail = z.infer<typeof taskDetailSchema>;

export const createTasksBodySchema = z.strictObject({
  tasks: z
    .array(z.strictObject({ input: z.record(z.string(), z.unknown()), external_id: z.string().max(200).optional() }))
    .min(1)
    .max(5_000),
});

/** A row that was not taken, and why. Rows count from 1, as the caller sent them. */
export const refusedRowSchema = z.object({ row: z.number().int().positive(), message: z.string() });
export type RefusedRow = z.infer<typeof refusedRowSchema>;

export const batchSchema = z.object({
  id,
  workflow_id: id,
  version: z.number().int().positive(),
  name: z.string(),
  state: z.enum(['running', 'paused', 'finished', 'canceled']),
  counts: z.record(taskStateSchema, z.number().int()),
  total: z.number().int(),
  /** Tasks ended a minute, over the last five. */
  rate_per_minute: z.number().nullable(),
  /** Seconds until the last task ends at this rate; null while unknown. */
  eta_seconds: z.number().int().nullable(),
  /** Limits that keep tasks of it from beginning right now. */
  held_back_by: z.array(heldBackBySchema),
  cost: decimal,
  unknown_cost_calls: z.number().int(),
  /** Cost so far, scaled to all tasks; null while nothing has ended. */
  projected_cost: decimal.nullable(),
  created_at: timestamp,
  finished_at: timestamp.nullable(),
});
export type Batch = z.infer<typeof batchSchema>;
export const createdBatchSchema = z.object({ batch: batchSchema, refused: z.array(refusedRowSchema) });

/** One row of a batch's results. */
export const batchResultSchema = taskSchema
  .pick({ external_id: true, state: true, input: true, output: true, error: true, cost: true })
  .extend({ row: z.number().int().positive(), task_id: id });
export const batchResultsSchema = z.object({ data: z.array(batchResultSchema) });
export type BatchResult = z.infer<typeof batchResultSchema>;

export const taskListQuerySchema = z.object({ ...pageQuery, state: taskStateSchema.optional(), batch_id: id.optional() });
export const taskPageSchema = pageOf(taskSchema);

export const reviewBodySchema = z.strictObject({ verdict: z.enum(['pass', 'fail']), comment: z.string().max(5_000).optional() });
