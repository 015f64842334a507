import type { StepOf } from '@pipelines/contracts';
import { renderMapping } from '../render-mapping.ts';
import type { StepContext, StepResult } from '../step-context.ts';

export function runTransform({ config }: StepOf<'transform'>, { scope }: StepContext): StepResult {
  return { state: 'finished', input: null, output: renderMapping(config.mapping, scope), port: 'next' };
}
