import type { Step } from '@pipelines/contracts';
import { runEnd } from './end/run-end.ts';
import { runGate } from './gate/run-gate.ts';
import { runHttp } from './http/run-http.ts';
import { runLlm } from './llm/run-llm.ts';
import { runReview } from './review/run-review.ts';
import { runStart } from './start/run-start.ts';
import type { StepContext, StepDoors, StepResult } from './step-context.ts';
import { runTransform } from './transform/run-transform.ts';

/** Steps that reach out: they are written down before they begin, so that a crash cannot hide a call. */
export function reachesOut(step: Step): boolean {
  return step.kind === 'llm' || step.kind === 'http';
}

/** Runs one step. @throws StepFailure */
export function runStep(step: Step, context: StepContext, doors: StepDoors): StepResult | Promise<StepResult> {
  switch (step.kind) {
    case 'start':
      return runStart(context);
    case 'llm':
      return runLlm(step, context, doors);
    case 'gate':
      return runGate(step, context);
    case 'review':
      return runReview(step, context);
    case 'http':
      return runHttp(step, context, doors);
    case 'transform':
      return runTransform(step, context);
    case 'end':
      return runEnd(step, context);
  }
}
