import type { StepKind, taskErrorSchema } from '@pipelines/contracts';
import type { z } from 'zod';

export type TaskError = z.infer<typeof taskErrorSchema>;

/** One run of one step, as the engine remembers it: a row of `step_runs`. */
export interface StepRun {
  readonly id: string;
  readonly step: string;
  readonly kind: StepKind;
  readonly generation: number;
  /** How many failed reviews had led back over the step before this run. */
  readonly round: number;
  /** How often it was begun; more than once where a worker died in it. */
  readonly tries: number;
  readonly trigger: 'auto' | 'user' | 'admin';
  /** A regeneration has overtaken it: it is kept, and counts no more. */
  readonly superseded: boolean;
  readonly state: 'running' | 'waiting' | 'finished' | 'failed' | 'skipped';
  readonly input: unknown;
  readonly output: unknown;
  /** The way out that it took. */
  readonly port: string | null;
  readonly error: TaskError | null;
  readonly thinking: string | null;
  readonly idempotencyKey: string;
  /** Known costs of its calls, USD, exact. */
  readonly cost: string;
  /** Calls whose cost is not known. */
  readonly unknownCostCalls: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}
