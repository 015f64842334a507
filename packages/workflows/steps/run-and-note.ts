import { randomUUID } from 'node:crypto';
import type { Step } from '@pipelines/contracts';
import { timeOrderedId } from '@pipelines/database';
import type { AnswerPiece, EndedAttempt } from '@pipelines/gateway';
import Big from 'big.js';
import type { StepRun } from '../path/step-run.ts';
import type { TaskPath } from '../path/task-path.ts';
import { type TaskMemo, TaskReleased } from '../task-memo.ts';
import { reachesOut, runStep } from './run-step.ts';
import type { StepDoors } from './step-context.ts';
import { StepFailure } from './step-failure.ts';

export interface RunStepDoors extends StepDoors {
  readonly memo: TaskMemo;
  /** Where the pieces of an answer go while somebody watches the task; null while nobody does. */
  readonly watchAnswer?: (stepRunId: string) => ((piece: AnswerPiece) => void) | null;
}

/** A step that has ended so many workers is not given another. */
const maxTries = 5;

/** Runs a step and writes down what became of it; a failure is a result. Rejects with `TaskReleased` only. */
export async function runAndNote(
  step: Step,
  path: TaskPath,
  organizationId: string,
  { memo, ...doors }: RunStepDoors,
  signal: AbortSignal,
): Promise<StepRun> {
  const begun = nextRun(step, path);
  if (begun.tries > maxTries) return note(memo, fail(begun, step, interrupted(begun)));
  if (reachesOut(step)) await memo.begin(begun, step.kind === 'llm' ? step.config.model : null);
  const costs: (string | null)[] = [];
  const onAttempt = ({ end, cost }: EndedAttempt) => void costs.push(cost ?? (end.status === 'failed' ? '0' : null));
  const turnTo = (slug: string) => memo.turnTo(begun, slug);
  const { id: stepRunId, idempotencyKey, startedAt } = begun;
  let input: unknown = null;
  const onInput = (asked: unknown) => {
    input = asked;
  };
  const watchAnswer = () => doors.watchAnswer?.(stepRunId) ?? null;
  const context = {
    organizationId,
    stepRunId,
    idempotencyKey,
    startedAt,
    scope: path.scope(),
    signal,
    onAttempt,
    onInput,
    watchAnswer,
    turnTo,
  };
  try {
    const result = await runStep(step, context, doors);
    return note(memo, { ...begun, ...result, ...sum(begun, costs), finishedAt: result.state === 'finished' ? now() : null });
  } catch (error) {
    if (signal.aborted || error instanceof TaskReleased) throw new TaskReleased();
    return note(memo, { ...fail(begun, step, StepFailure.of(error)), input, ...sum(begun, costs) });
  }
}

/** The run that a worker died in, once more; else a new one. */
function nextRun(step: Step, path: TaskPath): StepRun {
  const current = path.currentRun(step.name);
  if (current?.state === 'running') return { ...current, tries: current.tries + 1 };
  return {
    id: timeOrderedId(),
    step: step.name,
    kind: step.kind,
    generation: (path.lastRun(step.name)?.generation ?? 0) + 1,
    round: path.roundOf(step.name),
    tries: 1,
    // A failed run is followed by another only when somebody asks for it.
    trigger: current?.state === 'failed' ? 'user' : 'auto',
    superseded: false,
    state: 'running',
    input: null,
    output: null,
    port: null,
    error: null,
    thinking: null,
    idempotencyKey: randomUUID(),
    cost: '0',
    unknownCostCalls: 0,
    startedAt: now(),
    finishedAt: null,
  };
}

function note(memo: TaskMemo, run: StepRun): StepRun {
  memo.note(run);
  return run;
}

function fail(run: StepRun, step: Step, { code, message, slug }: StepFailure): StepRun {
  return { ...run, state: 'failed', error: { code, message, step: step.name, slug }, finishedAt: now() };
}

function interrupted({ tries }: StepRun): StepFailure {
  return new StepFailure('unavailable', `The server ended ${tries - 1} times while this step ran. Look into why before you retry it.`);
}

function sum({ cost, unknownCostCalls }: StepRun, costs: readonly (string | null)[]): Pick<StepRun, 'cost' | 'unknownCostCalls'> {
  const known = costs.filter((each) => each !== null);
  const total = known.reduce((whole, each) => whole.plus(each), new Big(cost));
  return { cost: total.toFixed(), unknownCostCalls: unknownCostCalls + costs.length - known.length };
}

const now = () => new Date().toISOString();
