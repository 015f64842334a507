import { z } from 'zod';
import { decimal } from '../fields.ts';
import { llmConfigSchema, stepNameSchema } from './graph.ts';
import {
  attemptSummarySchema,
  batchSchema,
  stepRunSchema,
  taskDetailSchema,
  taskErrorSchema,
  taskSchema,
  toolCallSchema,
} from './tasks.ts';

/** What somebody who watches a task is told: first the whole of it, then what changes. */
export const taskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), task: taskDetailSchema }),
  z.object({ type: z.literal('task'), task: taskSchema }),
  /** A run that is new, or has changed. */
  z.object({ type: z.literal('step'), step: stepRunSchema }),
  /** What has come of an answer that is under way: it goes in at `from` characters, and what was there after that is void. */
  z.object({
    type: z.literal('answer'),
    step_id: z.string(),
    from: z.number().int().min(0),
    text: z.string(),
    thinking_from: z.number().int().min(0),
    thinking: z.string(),
  }),
]);
export type TaskEvent = z.infer<typeof taskEventSchema>;

/** The batch as it is now: at once, and with each change. */
export const batchEventSchema = z.object({ type: z.literal('batch'), batch: batchSchema });
export type BatchEvent = z.infer<typeof batchEventSchema>;

/** An LLM step, of a draft or of none, with samples for what its templates speak of. */
export const tryStepBodySchema = z.strictObject({
  name: stepNameSchema,
  config: llmConfigSchema,
  input: z.record(z.string(), z.unknown()),
  /** Outputs of earlier steps, by name. */
  steps: z.record(stepNameSchema, z.strictObject({ output: z.unknown() })),
});
export type TryStepBody = z.infer<typeof tryStepBodySchema>;

/** What is told while a step is tried. */
export const tryEventSchema = z.discriminatedUnion('type', [
  /**
   * A call of the model begins. `round` counts from 1 and goes on with each answer to what tools were asked; the first
   * one begins anew, and what came before it is void. `request`: the body that the step asks with in its first round, less
   * what only the connection knows.
   */
  z.object({ type: z.literal('call'), round: z.number().int().positive(), request: z.unknown() }),
  /** Of the answer of the call that began last. */
  z.object({ type: z.literal('piece'), text: z.string(), thinking: z.string() }),
  /** A tool is called, and, under the same ID, what has come of it. */
  z.object({ type: z.literal('tool_call'), call: toolCallSchema }),
  z.object({ type: z.literal('attempt'), attempt: attemptSummarySchema }),
  z.object({
    type: z.literal('finished'),
    /** As the step sent it in the end, with notes and changes. */
    request: z.unknown(),
    output: z.unknown(),
    thinking: z.string().nullable(),
    /** USD over all its calls; null when a part is unknown. */
    cost: decimal.nullable(),
    latency_ms: z.number().int(),
  }),
  z.object({ type: z.literal('failed'), error: taskErrorSchema, cost: decimal.nullable(), latency_ms: z.number().int() }),
]);
export type TryEvent = z.infer<typeof tryEventSchema>;
