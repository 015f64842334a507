import type { StepRun, TaskError } from './path/step-run.ts';

/** How a task ends. */
export interface TaskEnd {
  readonly state: 'finished' | 'failed' | 'escalated' | 'quarantined';
  readonly output: unknown;
  readonly error: TaskError | null;
}

/** What is remembered of one task while it runs. Everything is refused with `TaskReleased` once the task is no longer this worker's. */
export interface TaskMemo {
  /**
   * Resolves once it is durable that the run begins, on this model if it is one that asks a model. `TaskReleased` where
   * the batch or the workflow has been paused, `TaskHeldBack` where the model has reached its limit.
   */
  begin(run: StepRun, slug: string | null): Promise<void>;
  /** The run goes on with another model: resolves once that has room. */
  turnTo(run: StepRun, slug: string): Promise<void>;
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

/** The model that a step is to ask has reached its limit: the task waits in the table until there is room. */
export class TaskHeldBack extends TaskReleased {
  readonly step: string;
  readonly slug: string;

  constructor(step: string, slug: string) {
    super();
    this.step = step;
    this.slug = slug;
  }
}
