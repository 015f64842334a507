import type { StepRun } from '../path/step-run.ts';

/** A run as a row of `step_runs`, by column names; what it has not is not said. */
export function toRow(organizationId: string, taskId: string, run: StepRun): Record<string, unknown> {
  return {
    organization_id: organizationId,
    id: run.id,
    task_id: taskId,
    step: run.step,
    kind: run.kind,
    generation: run.generation,
    round: run.round,
    tries: run.tries,
    trigger: run.trigger,
    superseded: run.superseded,
    state: run.state,
    input: storable(run.input) ?? undefined,
    output: storable(run.output) ?? undefined,
    port: run.port ?? undefined,
    error: storable(run.error) ?? undefined,
    thinking: storable(run.thinking) ?? undefined,
    idempotency_key: run.idempotencyKey,
    cost: run.cost,
    unknown_cost_calls: run.unknownCostCalls,
    started_at: run.startedAt,
    finished_at: run.finishedAt ?? undefined,
  };
}

export const stepRunColumns = Object.keys(toRow('', '', {} as StepRun));

/** JSON as PostgreSQL takes it, which knows neither NUL nor half a surrogate pair. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [storableText(key), storable(each)]));
}

const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const storableText = (text: string) => text.replace(unstorable, '\uFFFD');

/** A row of `step_runs` as PostgreSQL gives it. */
export interface StepRunRow {
  readonly task_id: string;
  readonly [column: string]: unknown;
}

export function fromRow(row: StepRunRow): StepRun {
  return {
    id: row.id,
    step: row.step,
    kind: row.kind,
    generation: row.generation,
    round: row.round,
    tries: row.tries,
    trigger: row.trigger,
    superseded: row.superseded,
    state: row.state,
    input: row.input,
    output: row.output,
    port: row.port,
    error: row.error,
    thinking: row.thinking,
    idempotencyKey: row.idempotency_key,
    cost: row.cost,
    unknownCostCalls: row.unknown_cost_calls,
    startedAt: toMoment(row.started_at),
    finishedAt: row.finished_at === null ? null : toMoment(row.finished_at),
  } as StepRun;
}

/** The pool gives dates, a transaction of the query builder gives their texts. */
const toMoment = (value: unknown) => new Date(value as Date | string).toISOString();
