import type { StepContext, StepResult } from '../step-context.ts';

export function runStart({ scope }: StepContext): StepResult {
  return { state: 'finished', input: null, output: scope.input, port: 'next' };
}
