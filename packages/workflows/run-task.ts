import type { CompiledGraph } from './path/compile-graph.ts';
import { endOfReviews } from './path/end-of-reviews.ts';
import type { StepRun } from './path/step-run.ts';
import { TaskPath } from './path/task-path.ts';
import type { RunStepDoors } from './steps/run-and-note.ts';
import { runAndNote } from './steps/run-and-note.ts';
import { type TaskEnd, TaskReleased } from './task-memo.ts';

export interface RunnableTask {
  readonly organizationId: string;
  readonly graph: CompiledGraph;
  readonly input: Readonly<Record<string, unknown>>;
  /** What has been done of it already. */
  readonly runs: readonly StepRun[];
}

/**
 * Runs a task as far as it goes: to its end, to a failure, or to a review that waits. Steps that are ready
 * run at the same time. Rejects with `TaskReleased` when the task must be let go of.
 */
export async function runTask(task: RunnableTask, doors: RunStepDoors, signal: AbortSignal): Promise<void> {
  const path = new TaskPath(task.graph, task.input, task.runs);
  const running = new Map<string, Promise<StepRun>>();
  let failed: StepRun | null = null;

  try {
    for (;;) {
      const exhausted = endOfReviews(task.graph, path);
      if (failed === null && exhausted === null) {
        for (const step of path.readySteps()) {
          if (!running.has(step.name)) running.set(step.name, runAndNote(step, path, task.organizationId, doors, signal));
        }
      }
      if (running.size > 0) {
        const run = await Promise.race(running.values());
        running.delete(run.step);
        path.note(run);
        // Steps beside a failed one are let finish: they are paid for, and a retry does not repeat them.
        if (run.state === 'failed') failed ??= run;
        continue;
      }
      const end = exhausted ?? endOf(task.graph, path, failed);
      if (end !== null) return await doors.memo.end(end);
      const answered = await doors.memo.park(path.waitingRuns());
      if (answered.length === 0) return;
      for (const run of answered) path.note(run);
    }
  } catch (error) {
    await Promise.allSettled(running.values());
    throw signal.aborted ? new TaskReleased() : error;
  }
}

/** Null while the task waits for people. */
function endOf(graph: CompiledGraph, path: TaskPath, failed: StepRun | null): TaskEnd | null {
  if (failed !== null) return { state: 'failed', output: null, error: failed.error };
  const end = [...graph.steps.values()].find((step) => step.kind === 'end');
  const run = end === undefined ? null : path.currentRun(end.name);
  if (run?.state === 'finished') return { state: 'finished', output: run.output, error: null };
  if (path.waitingRuns().length > 0) return null;
  const message = 'No way leads on from here: the workflow never came to its end.';
  return { state: 'failed', output: null, error: { code: 'workflow_incomplete', message, step: null, slug: null } };
}
