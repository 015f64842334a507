import type { Graph, Step, TaskState } from '@pipelines/contracts';
import { v5 as uuidv5 } from 'uuid';
import type { StepRun } from './step-run.ts';

/** A run that has no row of its own: what it has put out is the input or the output of its task. */
export interface ToldRun {
  /** Always the same for the same run. */
  readonly id: string;
  readonly step: string;
  readonly kind: 'start' | 'end';
  readonly generation: number;
  readonly trigger: 'auto' | 'user';
}

type WrittenRun = Pick<StepRun, 'step' | 'generation' | 'state' | 'superseded'>;

/** Whether the task's own row tells of the run, so that it needs none: of a start or an end that has finished. */
export function isToldByTask({ kind, state }: Pick<StepRun, 'kind' | 'state'>): boolean {
  return state === 'finished' && (kind === 'start' || kind === 'end');
}

/** The start of a task that has been begun; null where it was written down. */
export function tellStart(graph: Graph, task: { readonly id: string; readonly startedAt: Date | null }, runs: readonly WrittenRun[]) {
  const step = stepOf(graph, 'start');
  return step === undefined || task.startedAt === null || runs.some((run) => run.step === step.name)
    ? null
    : tell(step, task.id, 1, 'auto');
}

/** The end that a finished task has come to; null where it was written down. `runs`: in the order of their generations. */
export function tellEnd(graph: Graph, task: { readonly id: string; readonly state: TaskState }, runs: readonly WrittenRun[]) {
  const step = stepOf(graph, 'end');
  if (step === undefined || task.state !== 'finished') return null;
  const written = runs.filter((run) => run.step === step.name);
  const current = written.findLast((run) => !run.superseded);
  if (current?.state === 'finished') return null;
  // A failed end is followed by another only when somebody asks for it.
  return tell(step, task.id, (written.at(-1)?.generation ?? 0) + 1, current?.state === 'failed' ? 'user' : 'auto');
}

type Outermost = Extract<Step, { kind: ToldRun['kind'] }>;

function stepOf(graph: Graph, kind: ToldRun['kind']): Outermost | undefined {
  return graph.steps.find((step): step is Outermost => step.kind === kind);
}

function tell({ name, kind }: Outermost, taskId: string, generation: number, trigger: ToldRun['trigger']): ToldRun {
  return { id: uuidv5(`${name}/${generation}`, taskId), step: name, kind, generation, trigger };
}
