import type { StepRun, TaskError } from './path/step-run.ts';

/** How a task ends. */
export interface TaskEnd {
  readonly state: 'finished' | 'failed' | 'escalated' | 'quarantined';
  readonly output: unknown;
  readonly error: TaskError | null;
}

/** What is remembered of one task while it runs. Everything is refused with `TaskReleased` once the task is no longer this worker's. */
export interface TaskMemo {
  /** Resolves once it is durable that the run begins; `TaskReleased` where the batch or the workflow has been paused. */
  begin(run: StepRun): Promise<void>;
  /** Written with whatever is awaited next: what is lost by a crash is done again. */
  note(run: StepRun): void;
  end(end: TaskEnd): Promise<void>;
  /** Lets go of a task that waits for people. Answers the runs that have been answered meanwhile: then the task goes on. */
  park(waiting: readonly StepRun[]): Promise<readonly StepRun[]>;
}

/** The task is not this worker's any more: canceled, paused, or taken over. Nothing of it may be written. */
export class TaskReleased extends Error {
  override readonly name = 'TaskReleased';
}
