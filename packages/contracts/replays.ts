import { z } from 'zod';
import { decimal, id, timestamp } from './fields.ts';

/** The most inputs of one replay. */
export const maxReplayInputs = 100;

export const replayInputsSchema = z.discriminatedUnion('kind', [
  /** The newest calls of the model whose contents are kept. */
  z.strictObject({ kind: z.literal('recent'), limit: z.number().int().min(1).max(maxReplayInputs) }),
  /** One JSON value a line: a chat request, or only its list of messages. Both models answer them. */
  z.strictObject({ kind: z.literal('pasted'), jsonl: z.string().min(1, 'Required').max(2_000_000, 'At most 2,000,000 characters') }),
]);
export type ReplayInputs = z.infer<typeof replayInputsSchema>;

export const replayBodySchema = z.strictObject({
  /** Slug of the model that is tried. */
  to: z.string().min(1).max(300),
  inputs: replayInputsSchema,
});
export type ReplayBody = z.infer<typeof replayBodySchema>;

export const replayEstimateSchema = z.object({
  inputs: z.number().int(),
  /** Calls to providers that it makes. */
  calls: z.number().int(),
  /** About so many, all calls together. */
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  /** USD; null where a price is unknown. */
  cost: decimal.nullable(),
});
export type ReplayEstimate = z.infer<typeof replayEstimateSchema>;

export const replayStateSchema = z.enum(['running', 'finished', 'canceled']);
export const replayRunStateSchema = z.enum(['pending', 'running', 'succeeded', 'failed', 'canceled']);
export type ReplayRunState = z.infer<typeof replayRunStateSchema>;

/** All answers of one of the two models together. */
export const replaySideSchema = z.object({
  slug: z.string(),
  ended: z.number().int(),
  failed: z.number().int(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  /** USD; known costs only. */
  cost: decimal,
  unknown_costs: z.number().int(),
  latency_p50_ms: z.number().int().nullable(),
  latency_p95_ms: z.number().int().nullable(),
  /** Answers to inputs that ask for JSON, and how many of them are what was asked for. */
  json_asked: z.number().int(),
  json_valid: z.number().int(),
});
export type ReplaySide = z.infer<typeof replaySideSchema>;

export const replaySchema = z.object({
  id,
  from: z.string(),
  to: z.string(),
  inputs_from: z.enum(['recent', 'pasted']),
  inputs: z.number().int(),
  state: replayStateSchema,
  /** Calls that have ended, and how many there are to be. */
  progress: z.object({ ended: z.number().int(), total: z.number().int() }),
  baseline: replaySideSchema,
  candidate: replaySideSchema,
  /** Inputs that both have answered: how many alike. */
  texts: z.object({ compared: z.number().int(), same: z.number().int() }),
  /** The same of those that made either of them call tools: names and arguments. */
  tool_calls: z.object({ compared: z.number().int(), same: z.number().int() }),
  created_by: z.string().nullable(),
  created_at: timestamp,
  finished_at: timestamp.nullable(),
});
export type Replay = z.infer<typeof replaySchema>;

/** What one model made of an input. */
export const replayRunSchema = z.object({
  state: replayRunStateSchema,
  /** Its last row in the log. */
  attempt_id: id.nullable(),
  prompt_tokens: z.number().int().nullable(),
  completion_tokens: z.number().int().nullable(),
  cost: decimal.nullable(),
  latency_ms: z.number().int().nullable(),
  error_code: z.string().nullable(),
  /** Null where the input asks for no JSON, and where there is no answer. */
  fits_schema: z.boolean().nullable(),
});
export type ReplayRun = z.infer<typeof replayRunSchema>;

export const replayItemSchema = z.object({
  /** From 1. */
  item: z.number().int(),
  baseline: replayRunSchema,
  candidate: replayRunSchema,
  /** Null while there are not two answers. */
  same_text: z.boolean().nullable(),
  /** Null where neither called a tool. */
  same_tool_calls: z.boolean().nullable(),
});
export type ReplayItem = z.infer<typeof replayItemSchema>;

export const replayAnswerSchema = z.object({
  text: z.string(),
  tool_calls: z.array(z.object({ name: z.string(), arguments: z.string() })),
});
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;

export const replayContentSchema = replayItemSchema.extend({
  /** The chat request without its model; null once the contents are deleted. */
  request: z.record(z.string(), z.unknown()).nullable(),
  baseline_answer: replayAnswerSchema.nullable(),
  candidate_answer: replayAnswerSchema.nullable(),
});
export type ReplayContent = z.infer<typeof replayContentSchema>;
