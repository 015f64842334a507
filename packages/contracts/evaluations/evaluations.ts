import { z } from 'zod';
import { decimal, id, line, pageOf, pageQuery, timestamp } from '../fields.ts';
import { stepNameSchema } from '../workflows/graph.ts';
import { taskStateSchema } from '../workflows/states.ts';
import { taskErrorSchema } from '../workflows/tasks.ts';
import { checkOutcomeSchema, checkSchema } from './checks.ts';

/** `step`: an LLM step; null: every one of the version. */
export const replacementSchema = z.strictObject({ step: stepNameSchema.nullable(), model: z.string().min(1).max(300) });
export type Replacement = z.infer<typeof replacementSchema>;

/** One side of the comparison: a published version, as it is or with other models in its LLM steps. */
export const candidateSchema = z.strictObject({
  label: line(80),
  version: z.number().int().positive(),
  replacements: z.array(replacementSchema).max(50),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const createEvaluationBodySchema = z.strictObject({
  name: line(120),
  workflow_id: id,
  dataset_id: id,
  candidates: z.array(candidateSchema).min(2, 'Two candidates at least').max(4, 'Four candidates at most'),
  checks: z.array(checkSchema).min(1, 'One check at least').max(10, 'Ten checks at most'),
});

export const evaluationStateSchema = z.enum(['running', 'finished', 'canceled']);

export const evaluationSummarySchema = z.object({
  id,
  name: z.string(),
  workflow: z.object({ id, name: z.string() }),
  dataset: z.object({ id, name: z.string() }),
  state: evaluationStateSchema,
  rows: z.number().int(),
  /** `pass_rate` once it has finished. */
  candidates: z.array(z.object({ candidate: z.number().int(), label: z.string(), pass_rate: z.number().nullable() })),
  created_at: timestamp,
  finished_at: timestamp.nullable(),
});
export type EvaluationSummary = z.infer<typeof evaluationSummarySchema>;
export const evaluationPageSchema = pageOf(evaluationSummarySchema);

const outcomeCounts = { passed: z.number().int(), failed: z.number().int(), unknown: z.number().int() };

export const candidateResultSchema = candidateSchema.extend({
  label: z.string(),
  /** From 1, in the order in which they were given. */
  candidate: z.number().int().positive(),
  batch_id: id,
  tasks: z.record(taskStateSchema, z.number().int()),
  /** Rows by what became of all checks together. A row with a check that failed is failed, whatever is unknown about it. */
  rows: z.object({ ...outcomeCounts, open: z.number().int() }),
  /** Rows passed among those passed or failed, with its 95 % interval (Wilson); null while there are none. */
  pass_rate: z.object({ rate: z.number(), low: z.number(), high: z.number() }).nullable(),
  checks: z.array(z.object({ name: z.string(), ...outcomeCounts, mean_score: z.number().nullable() })),
  /** USD of its tasks; known costs only. */
  cost: decimal,
  unknown_cost_calls: z.number().int(),
  /** Known cost for each task that has ended; null while none has. */
  cost_per_task: decimal.nullable(),
  /** What judging its outputs has cost, which is no cost of the candidate. */
  judging: z.object({ cost: decimal, unknown_cost_calls: z.number().int(), ended: z.number().int(), total: z.number().int() }),
  /** Of finished tasks, from begin to end. */
  task_latency_p50_ms: z.number().int().nullable(),
  task_latency_p95_ms: z.number().int().nullable(),
  /** Of its calls to providers. */
  calls: z.number().int(),
  call_latency_p50_ms: z.number().int().nullable(),
  call_latency_p95_ms: z.number().int().nullable(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
});
export type CandidateResult = z.infer<typeof candidateResultSchema>;

/** Two candidates on the same rows. `p_value`: how likely a difference as large as this is by chance alone (two-sided sign test over won and lost). */
export const candidateComparisonSchema = z.object({
  candidate: z.number().int(),
  baseline: z.number().int(),
  won: z.number().int(),
  lost: z.number().int(),
  tied: z.number().int(),
  /** Rows that are unknown or open on either side. */
  unknown: z.number().int(),
  p_value: z.number(),
});
export type CandidateComparison = z.infer<typeof candidateComparisonSchema>;

export const evaluationSchema = evaluationSummarySchema.extend({
  checks: z.array(checkSchema),
  candidates: z.array(candidateResultSchema),
  comparisons: z.array(candidateComparisonSchema),
  /** Tasks and judgements that have ended, and how many there are to be. */
  progress: z.object({ ended: z.number().int(), total: z.number().int() }),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const checkResultSchema = z.object({
  name: z.string(),
  outcome: checkOutcomeSchema,
  /** Points of a judge. */
  score: z.number().int().nullable(),
  /** Why, in one sentence; a judge's own words for a judge. */
  detail: z.string(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const evaluationRowSchema = z.object({
  row: z.number().int().positive(),
  external_id: z.string().nullable(),
  input: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  candidates: z.array(
    z.object({
      candidate: z.number().int(),
      task_id: id,
      state: taskStateSchema,
      output: z.unknown(),
      error: taskErrorSchema.nullable(),
      cost: decimal.nullable(),
      latency_ms: z.number().int().nullable(),
      /** Of all checks together; null while some are open. */
      outcome: checkOutcomeSchema.nullable(),
      checks: z.array(checkResultSchema),
    }),
  ),
});
export type EvaluationRow = z.infer<typeof evaluationRowSchema>;
export const evaluationRowPageSchema = pageOf(evaluationRowSchema);

/** `differ`: rows on which the candidates do not come out the same. `failed`, `unknown`: rows where one at least does. */
export const evaluationRowsQuerySchema = z.object({ ...pageQuery, filter: z.enum(['all', 'differ', 'failed', 'unknown']).default('all') });
export type EvaluationRowFilter = z.infer<typeof evaluationRowsQuerySchema>['filter'];
