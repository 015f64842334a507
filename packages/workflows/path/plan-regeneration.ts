import { type Graph, PipelinesError, reachableFrom } from '@pipelines/contracts';
import { compileGraph } from './compile-graph.ts';
import { endOfReviews } from './end-of-reviews.ts';
import type { StepRun } from './step-run.ts';
import { TaskPath } from './task-path.ts';

/** What a regeneration changes: the runs that count no more, and where the new one stands. */
export interface Regeneration {
  readonly superseded: readonly string[];
  readonly generation: number;
  readonly round: number;
}

/**
 * What follows from a run: those of the steps behind it that count now. A review that has ended the task by failing
 * once too often is among them, so that the new answer is reviewed again. @throws PipelinesError `conflict`
 */
export function planRegeneration(graph: Graph, runs: readonly StepRun[], target: StepRun): Regeneration {
  const compiled = compileGraph(graph);
  if (target.kind !== 'llm' || !compiled.steps.has(target.step)) throw conflict('Only an LLM step can be regenerated.');
  if (target.state !== 'finished' && target.state !== 'failed') throw conflict('This step has not ended yet.');
  let path = new TaskPath(compiled, {}, runs);
  if (path.lastRun(target.step)?.id !== target.id) throw conflict('The step has been run again since: regenerate its last run.');

  const superseded = new Set<string>();
  const exhausting = endOfReviews(compiled, path) === null ? null : lastFailedReview(runs, compiled.repeats, target.step);
  if (exhausting !== null) {
    superseded.add(exhausting.id);
    path = new TaskPath(compiled, {}, mark(runs, superseded));
  }
  if (path.currentRun(target.step)?.id !== target.id) {
    throw conflict('A failed review has led back over this step since.', 'Retry the task instead: the step then runs again.');
  }
  for (const step of reachableFrom(target.step, compiled.onward)) {
    const run = path.currentRun(step);
    if (run !== null) superseded.add(run.id);
  }
  return { superseded: [...superseded], generation: target.generation + 1, round: target.round };
}

/** Of the reviews that lead back over the step: the fail that came last. */
function lastFailedReview(runs: readonly StepRun[], repeats: ReadonlyMap<string, ReadonlySet<string>>, step: string): StepRun | null {
  const fails = runs.filter((run) => !run.superseded && run.port === 'fail' && repeats.get(run.step)?.has(step) === true);
  return fails.reduce<StepRun | null>(
    (last, run) => (last === null || (last.finishedAt ?? '') < (run.finishedAt ?? '') ? run : last),
    null,
  );
}

function mark(runs: readonly StepRun[], ids: ReadonlySet<string>): StepRun[] {
  return runs.map((run) => (ids.has(run.id) ? { ...run, superseded: true } : run));
}

function conflict(detail: string, fix = 'Reload the task to see where it stands.'): PipelinesError {
  return new PipelinesError('conflict', { detail, fix });
}
