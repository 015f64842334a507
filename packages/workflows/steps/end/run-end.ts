import type { StepOf } from '@pipelines/contracts';
import { renderMapping } from '../render-mapping.ts';
import type { StepContext, StepResult } from '../step-context.ts';

/** Its output is the task's. */
export function runEnd({ config }: StepOf<'end'>, { scope }: StepContext): StepResult {
  return { state: 'finished', input: null, output: renderMapping(config.mapping, scope), port: 'next' };
}
