import type { TaskEnd } from '../task-memo.ts';
import type { CompiledGraph } from './compile-graph.ts';
import type { TaskPath } from './task-path.ts';

/** How a task ends whose review has failed more often than it may be repeated; null while none has. */
export function endOfReviews({ steps, repeats }: CompiledGraph, path: TaskPath): TaskEnd | null {
  for (const name of repeats.keys()) {
    const step = steps.get(name);
    if (step?.kind !== 'review' || path.failedReviews(name) <= step.config.max_rereviews) continue;
    return { state: step.config.when_exhausted === 'escalate' ? 'escalated' : 'quarantined', output: null, error: null };
  }
  return null;
}
